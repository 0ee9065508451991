package interlock.action;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Failure;
import interlock.api.Result;
import java.util.List;
import java.util.Map;

/** Does nothing. It succeeds, unless its parameters ask it to fail or to skip. */
public final class Nop implements ActionType {
    private static final List<String> FAILURES = List.of("fail_pre_condition", "fail_execute", "fail_post_condition");

    @Override
    public String name() {
        return "nop";
    }

    @Override
    public String description() {
        return "Does nothing; reports a message.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": {"type": "string", "description": "the resource that the action belongs to; a filter of lists"},
                    "message": {"type": ["string", "null"], "description": "the message of the attempt"},
                    "skip_pre_condition": {"type": "boolean", "description": "whether it is skipped"},
                    "fail_pre_condition": {"type": "boolean", "description": "whether it fails before its execution"},
                    "fail_execute": {"type": "boolean", "description": "whether it fails in its execution"},
                    "fail_post_condition": {"type": "boolean", "description": "whether it fails after its execution"}
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
            return Result.skipped("Action was skipped automatically: requested by skip_pre_condition.");
        }
        return FAILURES.stream()
                .filter(name -> isSet(parameters, name))
                .findFirst()
                .<Result>map(name -> Result.failed(Failure.retryable("requested by " + name)))
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
