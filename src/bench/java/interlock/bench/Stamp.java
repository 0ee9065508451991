package interlock.bench;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Result;
import java.util.Map;

/**
 * Reports when it was started and when its outcome was known, by the clock of the service's process. Installed only in
 * services whose latency is measured.
 */
public final class Stamp implements ActionType {
    static final String NAME = "stamp";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Reports when it ran.";
    }

    @Override
    public String parametersSchema() {
        return """
                {"type": "object", "additionalProperties": false}
                """;
    }

    @Override
    public boolean idempotent(Map<String, Object> inputParameters) {
        return true;
    }

    @Override
    public Result execute(Execution execution) {
        long started = System.nanoTime();
        return Result.succeeded("%d %d".formatted(started, System.nanoTime()));
    }

    /** {@return the time from a parent's outcome to its child's start, in milliseconds} */
    static double latency(String parent, String child) {
        return (Long.parseLong(child.split(" ")[0]) - Long.parseLong(parent.split(" ")[1])) / 1e6;
    }
}
