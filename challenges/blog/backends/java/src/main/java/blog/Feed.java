package blog;

import blog.Problem.InputError;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Reads `<articles><article slug=""><title/><text/></article>…</articles>` strictly, without document type and entities. */
final class Feed {
  private static final Map<String, Rules.Rule> FIELDS =
      Map.of("slug", Rules.SLUG, "title", Rules.TITLE, "text", Rules.TEXT);

  static List<JsonObject> read(byte[] xml) {
    Element root = parse(xml);
    List<Element> elements = childrenOf(root);
    if (!root.getTagName().equals("articles") || root.hasAttributes() || elements.isEmpty() || elements.size() > 20) {
      throw refused("must be <articles> with 1 to 20 articles");
    }
    List<JsonObject> articles = new ArrayList<>();
    for (Element element : elements) {
      articles.add(Input.checkBody(article(element), FIELDS, FIELDS.keySet(), "/" + articles.size()));
    }
    return articles;
  }

  private static Element parse(byte[] xml) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(xml));
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      // Without a document type there are no entities that would fetch files or grow.
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setCoalescing(true);
      factory.setIgnoringComments(true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Document document = builder.parse(new ByteArrayInputStream(xml));
      if (document.getXmlEncoding() != null && !document.getXmlEncoding().equalsIgnoreCase("UTF-8")) {
        throw refused("must be in UTF-8");
      }
      return document.getDocumentElement();
    } catch (SAXException | CharacterCodingException error) {
      throw new Problem(400, "The body is not well-formed XML in UTF-8, or has a document type.");
    } catch (ParserConfigurationException | IOException error) {
      throw new IllegalStateException(error);
    }
  }

  private static JsonObject article(Element element) {
    if (!element.getTagName().equals("article")) {
      throw refused("<" + element.getTagName() + "> is out of place");
    }
    JsonObject article = new JsonObject();
    for (int index = 0; index < element.getAttributes().getLength(); index++) {
      Node attribute = element.getAttributes().item(index);
      article.addProperty(attribute.getNodeName(), attribute.getNodeValue());
    }
    for (Element child : childrenOf(element)) {
      String name = child.getTagName();
      boolean hasElements = child.getElementsByTagName("*").getLength() > 0;
      if (!Set.of("title", "text").contains(name) || article.has(name) || child.hasAttributes() || hasElements) {
        throw refused("<" + name + "> is out of place");
      }
      article.addProperty(name, child.getTextContent());
    }
    return article;
  }

  private static List<Element> childrenOf(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      } else if (node.getNodeType() == Node.TEXT_NODE && !node.getNodeValue().isBlank()) {
        throw refused("<" + element.getTagName() + "> has text");
      }
    }
    return children;
  }

  private static Problem refused(String detail) {
    return Problem.invalid(List.of(new InputError("", null, detail)));
  }
}
