package interlock.action;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Failure;
import interlock.api.Result;
import java.util.List;
import java.util.Map;

/** Does nothing, successfully unless it is asked to fail. */
public final class Nop implements ActionType {
    private static final List<String> FAILURES = List.of("fail_pre_condition", "fail_execute", "fail_post_condition");

    @Override
    public String name() {
        return "nop";
    }

    @Override
    public String description() {
        return "Does nothing; says a message.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": {"type": "string", "description": "what it is about; lists can be filtered by it"},
                    "message": {"type": ["string", "null"], "description": "what the attempt will say"},
                    "skip_pre_condition": {"type": "boolean", "description": "whether it finds that it is not needed"},
                    "fail_pre_condition": {"type": "boolean", "description": "whether it fails before it begins"},
                    "fail_execute": {"type": "boolean", "description": "whether it fails"},
                    "fail_post_condition": {"type": "boolean", "description": "whether it fails after all"}
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
        if (isSet(parameters, "skip_pre_condition")) {
            return Result.skipped("Action was skipped automatically: asked to.");
        }
        return FAILURES.stream()
                .filter(name -> isSet(parameters, name))
                .findFirst()
                .<Result>map(name -> Result.failed(Failure.retryable("asked to: " + name)))
                .orElseGet(() -> succeeded(parameters));
    }

    private static Result succeeded(Map<String, Object> parameters) {
        return parameters.get("message") instanceof String message ? Result.succeeded(message) : Result.succeeded();
    }

    private static boolean isSet(Map<String, Object> parameters, String name) {
        return Boolean.TRUE.equals(parameters.get(name));
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
