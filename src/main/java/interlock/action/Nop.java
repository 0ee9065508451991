package interlock.action;

import interlock.model.Outcome;
import java.util.Map;

/** Does nothing, successfully. */
public final class Nop implements ActionType {
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
                    "message": {"type": ["string", "null"], "description": "what the attempt will say"}
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
    public Outcome execute(Execution execution) {
        return execution.inputParameters().get("message") instanceof String message
                ? new Outcome.Succeeded(message)
                : Outcome.succeeded();
    }

    @Override
    public boolean abort(Execution execution) {
        return true;
    }

    @Override
    public Outcome revert(Execution execution) {
        return new Outcome.Succeeded("There is nothing to undo.");
    }
}
