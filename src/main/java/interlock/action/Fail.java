package interlock.action;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Failure;
import interlock.api.Result;
import java.util.Map;

/**
 * Fails as often as its parameters say, optionally also in its revert. All attempts of the action count, so that a
 * retry of the plan can be rehearsed. For rehearsals of failures.
 */
public final class Fail implements ActionType {
    @Override
    public String name() {
        return "fail";
    }

    @Override
    public String description() {
        return "Fails always, or in its first attempts only. For rehearsals.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": {"type": "string", "description": "the resource that the action belongs to; a filter of lists"},
                    "times": {"type": "integer", "minimum": 0,
                      "description": "how many attempts fail before one succeeds, those before a retry of the plan included; absent: all of them"},
                    "message": {"type": "string", "description": "the message of the failure"},
                    "permanent": {"type": "boolean", "description": "whether the failure is permanent, so that it is not retried"},
                    "fail_revert": {"type": "boolean",
                      "description": "whether its revert fails; otherwise it cannot be reverted"}
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
        if (parameters.get("times") instanceof Number times && execution.attempt() > times.longValue()) {
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
