package interlock.neo4j.database;

import java.util.UUID;

/** The marker of a page is not an element of the list. */
public final class UnknownMarker extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param what the kind of the elements
     * @param page the page with the marker
     */
    public UnknownMarker(String what, Page page) {
        super("%s %s could not be found"
                .formatted(what, page.marker().map(UUID::toString).orElse("")));
    }
}
