package interlock.neo4j.database;

/**
 * Locks for changes that change no state of a plan and therefore do not need the gate. A transaction holds at most one
 * of them, or the gate; therefore deadlocks cannot occur.
 */
public enum Lock {
    AUDITS("audits"),
    AUDIT_TEMPLATES("audit_templates"),
    WEBHOOKS("webhooks"),
    DURATIONS("durations");

    private final String nodeName;

    Lock(String nodeName) {
        this.nodeName = nodeName;
    }

    /** {@return the name of its node} */
    String nodeName() {
        return nodeName;
    }
}
