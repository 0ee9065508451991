package interlock.action;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Result;
import java.time.Duration;
import java.util.Map;

/** Waits for a while. It can be aborted. */
public final class Sleep implements ActionType {
    @Override
    public String name() {
        return "sleep";
    }

    @Override
    public String description() {
        return "Waits for a number of seconds.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": {"type": "string", "description": "the resource that the action belongs to; a filter of lists"},
                    "duration": {"type": "number", "minimum": 0, "maximum": 31536000, "description": "seconds"}
                  },
                  "required": ["duration"],
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public boolean idempotent(Map<String, Object> inputParameters) {
        return true;
    }

    @Override
    public Result execute(Execution execution) throws InterruptedException {
        double seconds =
                execution.inputParameters().get("duration") instanceof Number number ? number.doubleValue() : 0;
        execution.sleep(Duration.ofNanos(Math.round(seconds * 1e9)));
        return Result.succeeded();
    }

    @Override
    public boolean abort(Execution execution) {
        return true;
    }

    @Override
    public Result revert(Execution execution) {
        return Result.succeeded("There is nothing to undo.");
    }
}
