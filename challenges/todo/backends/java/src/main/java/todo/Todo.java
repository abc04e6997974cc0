package todo;

import java.util.List;

/** A todo as clients see it. */
record Todo(
        int id,
        String title,
        String notes,
        boolean done,
        int position,
        String priority,
        String dueAt,
        String estimate,
        List<String> tags,
        String createdAt,
        String updatedAt) {

    /** A todo and the entity tag of this state of it. */
    record Tagged(Todo todo, String etag) {}

    record Tag(String name, long count) {}

    record Page<T>(List<T> items, String next) {}

    /** What the list is ordered by. */
    Object sortKey(String name) {
        return switch (name) {
            case "position" -> position;
            case "title" -> title;
            case "createdAt" -> createdAt;
            case "dueAt" -> dueAt;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
