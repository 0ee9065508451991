package interlock.neo4j.database;

import interlock.model.Summarised;

/** The database rejected a statement: a defect of Interlock, not an outage. The message may contain parameters. */
final class StatementRefused extends IllegalStateException implements Summarised {
    private final String code;

    StatementRefused(String code, String message, Throwable cause) {
        super("a statement was refused: " + message, cause);
        this.code = code;
    }

    @Override
    public String summary() {
        return "a statement was refused: " + code;
    }
}
