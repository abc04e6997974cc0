package todo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The todos over HTTP. */
final class Api {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final int BODY_LIMIT = 262_144;
    /** What a client may send in vain before it is answered; then the connection breaks. */
    private static final int DRAIN_LIMIT = 64 * 1024 * 1024;

    private final Todos todos;

    Api(Todos todos) {
        this.todos = todos;
    }

    Javalin createServer() {
        Javalin app = Javalin.create(config -> {
            config.showJavalinBanner = false;
            config.http.prefer405over404 = true;
            config.http.disableCompression();
            config.router.ignoreTrailingSlashes = false;
            config.jetty.modifyHttpConfiguration(http -> http.setRequestHeaderSize(16_384));
            config.jetty.modifyServer(Api::configure);
        });
        get(app, "/todos", context -> send(context, 200, todos.list(query(context, Query.TODO_PARAMETERS))));
        app.post("/todos", this::create);
        get(app, "/todos/{id}", this::read);
        app.put("/todos/{id}", context -> update(context, Input.todo(json(context, "application/json"))));
        app.patch("/todos/{id}", context -> update(context, Input.patch(json(context, "application/merge-patch+json"))));
        app.delete("/todos/{id}", this::delete);
        get(app, "/tags", context -> send(context, 200, todos.tags(query(context, Query.TAG_PARAMETERS))));

        app.exception(Problem.class, (problem, context) -> send(context, problem));
        app.exception(MethodNotAllowedResponse.class, (error, context) -> {
            context.header("Allow", error.getDetails().get("availableMethods"));
            send(context, new Problem(405, "The path has no such method."));
        });
        app.exception(HttpResponseException.class, (error, context) ->
                send(context, new Problem(error.getStatus(), "There is nothing at this path.")));
        app.exception(Exception.class, (error, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), error);
            send(context, new Problem(500, "Something went wrong here."));
        });
        return app;
    }

    /** Javalin answers HEAD with 200 by itself; with the same handler Jetty leaves out the body and nothing else. */
    private static void get(Javalin app, String path, Handler handler) {
        app.get(path, handler);
        app.head(path, handler);
    }

    private static void configure(Server server) {
        server.setStopTimeout(5_000);
        server.insertHandler(new StatisticsHandler()); // knows the requests in flight, for stopping
        server.setErrorHandler(new ErrorHandler() {
            @Override
            public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
                fields.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
                Problem problem = new Problem(status, "The request is malformed.");
                return ByteBuffer.wrap(Json.WITHOUT_NULLS.toJson(problem.body()).getBytes(UTF_8));
            }
        });
    }

    private void create(Context context) throws Exception {
        Todo.Tagged created = todos.create(Input.todo(json(context, "application/json")));
        context.header("Location", "/todos/" + created.todo().id()).header("ETag", created.etag());
        send(context, 201, created.todo());
    }

    private void read(Context context) throws Exception {
        Todo.Tagged found = todos.find(id(context)).orElseThrow(Api::notFound);
        context.header("ETag", found.etag());
        if (names(context.header("If-None-Match"), found.etag(), "W/" + found.etag())) {
            sendNothing(context, 304);
        } else {
            send(context, 200, found.todo());
        }
    }

    /** {@code changes} has every property after a PUT, and those that were sent after a PATCH. */
    private void update(Context context, Map<String, Object> changes) throws Exception {
        Todo.Tagged updated = todos.update(id(context), changes, guard(context)).orElseThrow(Api::notFound);
        context.header("ETag", updated.etag());
        send(context, 200, updated.todo());
    }

    private void delete(Context context) throws Exception {
        if (!todos.delete(id(context), guard(context))) {
            throw notFound();
        }
        sendNothing(context, 204);
    }

    private static Problem notFound() {
        return new Problem(404, "There is no such todo.");
    }

    private static int id(Context context) {
        String id = context.pathParam("id");
        if (!id.matches("[1-9][0-9]{0,9}") || Long.parseLong(id) > Integer.MAX_VALUE) {
            throw notFound();
        }
        return Integer.parseInt(id);
    }

    private static Query query(Context context, List<String> known) {
        return Query.parse(context.queryString(), known);
    }

    /** Whether a header field is {@code *} or lists one of the entity tags. */
    private static boolean names(String field, String... etags) {
        return field != null
                && (field.trim().equals("*")
                        || Arrays.stream(field.split(",")).anyMatch(tag -> List.of(etags).contains(tag.trim())));
    }

    private static Consumer<String> guard(Context context) {
        String field = context.header("If-Match");
        return etag -> {
            if (field != null && !names(field, etag)) {
                throw new Problem(412, "The todo has changed since.");
            }
        };
    }

    /** The JSON value in the body, which must be of exactly this media type. */
    private static JsonElement json(Context context, String mediaType) {
        String field = context.header("Content-Type");
        String[] parts = (field == null ? "" : field).toLowerCase(Locale.ROOT).split(";", -1);
        boolean utf8 = Arrays.stream(parts).map(String::trim).filter(part -> part.startsWith("charset"))
                .allMatch(part -> part.matches("charset\\s*=\\s*\"?utf-8\"?"));
        String coding = context.header("Content-Encoding");
        if (!parts[0].trim().equals(mediaType) || !utf8 || !(coding == null || coding.equals("identity"))) {
            throw new Problem(415, "The body must be " + mediaType + " in UTF-8, in no content coding.");
        }
        byte[] body = body(context);
        try {
            return Json.parse(Json.decodeUtf8(body));
        } catch (IOException error) {
            throw new Problem(400, "The body is not JSON in UTF-8.");
        }
    }

    private static byte[] body(Context context) {
        try (InputStream input = context.req().getInputStream()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] chunk = new byte[16_384];
            long length = 0;
            for (int count; length < DRAIN_LIMIT && (count = input.read(chunk)) != -1; length += count) {
                if (length + count <= BODY_LIMIT) {
                    body.write(chunk, 0, count);
                }
            }
            if (length > BODY_LIMIT) {
                throw new Problem(413, "The body has more than 262,144 bytes.");
            }
            return body.toByteArray();
        } catch (IOException | BadMessageException error) {
            throw new Problem(400, "The body could not be read.");
        }
    }

    private static void send(Context context, Problem problem) {
        write(context, problem.status, "application/problem+json", Json.WITHOUT_NULLS.toJson(problem.body()));
    }

    private static void send(Context context, int status, Object body) {
        write(context, status, "application/json", Json.WITH_NULLS.toJson(body));
    }

    private static void write(Context context, int status, String mediaType, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        context.status(status).contentType(mediaType).header("Content-Length", String.valueOf(bytes.length)).result(bytes);
    }

    private static void sendNothing(Context context, int status) {
        context.status(status);
        context.res().setContentType(null);
    }
}
