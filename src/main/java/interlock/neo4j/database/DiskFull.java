package interlock.neo4j.database;

/** Not enough disk space to start new work; the message names the free and the needed space. */
public final class DiskFull extends RuntimeException {
    private static final long serialVersionUID = 1;

    DiskFull(String message) {
        super(message);
    }
}
