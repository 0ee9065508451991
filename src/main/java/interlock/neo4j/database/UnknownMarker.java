package interlock.neo4j.database;

/** The marker of a page is not an element of the list. */
public final class UnknownMarker extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnknownMarker(String what, String marker) {
        super("%s %s could not be found".formatted(what, marker));
    }
}
