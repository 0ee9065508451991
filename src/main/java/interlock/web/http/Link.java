package interlock.web.http;

import java.util.List;

/** A link to an object: {@code self} contains the version of the API, {@code bookmark} does not. */
public record Link(String rel, String href) {
    /** {@return both links to a member of a collection} */
    public static List<Link> to(String base, String collection, String uuid) {
        return List.of(
                new Link("self", "%s/v1/%s/%s".formatted(base, collection, uuid)),
                new Link("bookmark", "%s/%s/%s".formatted(base, collection, uuid)));
    }
}
