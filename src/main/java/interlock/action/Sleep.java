package interlock.action;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Result;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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
    public Optional<Duration> estimate(Map<String, Object> inputParameters) {
        return inputParameters.get("duration") instanceof Number seconds
                ? Optional.of(Duration.ofNanos(Math.round(seconds.doubleValue() * 1e9)))
                : Optional.empty();
    }

    @Override
    public Result execute(Execution execution) throws InterruptedException {
        execution.sleep(estimate(execution.inputParameters()).orElse(Duration.ZERO));
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
