package interlock.neo4j.database;

import interlock.model.Summarised;

/** The database does not run a statement: a defect of Interlock, and no outage. The message may hold parameters. */
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
