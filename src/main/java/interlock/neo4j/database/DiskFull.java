package interlock.neo4j.database;

/** There is not enough room on the disk for something new; the message says how much there is, and how much is needed. */
public final class DiskFull extends RuntimeException {
    private static final long serialVersionUID = 1;

    DiskFull(String message) {
        super(message);
    }
}
