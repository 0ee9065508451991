package interlock.action;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Failure;
import interlock.api.Result;
import java.util.Map;

/** Fails as often as it is told to, and in its revert if it is told to: for rehearsals of what happens then. */
public final class Fail implements ActionType {
    @Override
    public String name() {
        return "fail";
    }

    @Override
    public String description() {
        return "Fails: always, or its first attempts only. For rehearsals.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": {"type": "string", "description": "what it is about; lists can be filtered by it"},
                    "times": {"type": "integer", "minimum": 0,
                      "description": "how many attempts fail before one succeeds; absent: all of them"},
                    "message": {"type": "string", "description": "what the failure says"},
                    "permanent": {"type": "boolean", "description": "whether a retry would be of no use"},
                    "fail_revert": {"type": "boolean",
                      "description": "whether undoing it fails, too; if not, it cannot be reverted"}
                  },
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public boolean idempotent(Map<String, Object> inputParameters) {
        return true;
    }

    @Override
    public Result execute(Execution execution) {
        var parameters = execution.inputParameters();
        if (parameters.get("times") instanceof Number times && execution.failures() >= times.longValue()) {
            return Result.succeeded();
        }
        return asked(parameters);
    }

    @Override
    public Result revert(Execution execution) throws Exception {
        var parameters = execution.inputParameters();
        return isSet(parameters, "fail_revert") ? asked(parameters) : ActionType.super.revert(execution);
    }

    private static Result asked(Map<String, Object> parameters) {
        String message = parameters.get("message") instanceof String given ? given : "asked to fail";
        return Result.failed(new Failure(message, isSet(parameters, "permanent")));
    }

    private static boolean isSet(Map<String, Object> parameters, String name) {
        return Boolean.TRUE.equals(parameters.get(name));
    }
}
