package interlock.neo4j.database;

/**
 * What keeps changes apart that change no state of a plan, and so do without the gate. A transaction holds one of these, or the
 * gate, and never two of them: nobody waits in a circle.
 */
public enum Lock {
    AUDITS("audits"),
    AUDIT_TEMPLATES("audit_templates"),
    WEBHOOKS("webhooks");

    private final String nodeName;

    Lock(String nodeName) {
        this.nodeName = nodeName;
    }

    /** {@return the name of its node} */
    String nodeName() {
        return nodeName;
    }
}
