package interlock.web.http;

import java.util.List;

/** Where something is to be found: its {@code self} under the version of the API, its {@code bookmark} without. */
public record Link(String rel, String href) {
    /** {@return both links to one member of a collection} */
    public static List<Link> to(String base, String collection, String uuid) {
        return List.of(
                new Link("self", "%s/v1/%s/%s".formatted(base, collection, uuid)),
                new Link("bookmark", "%s/%s/%s".formatted(base, collection, uuid)));
    }
}
