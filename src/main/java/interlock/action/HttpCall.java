package interlock.action;

import interlock.action.HttpExchange.Answer;
import interlock.action.HttpExchange.Expected;
import interlock.action.HttpExchange.Unavailable;
import interlock.action.HttpExchange.Unexpected;
import interlock.action.HttpExchange.Unsendable;
import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Failure;
import interlock.api.Result;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Sends one HTTP request. It can be aborted. A second request may revert it, and a third one may tell whether an
 * interrupted request did its work. Each request has a time-out for the whole response. The outcome depends on the
 * status; the body is read only as far as messages quote it.
 *
 * <p>Failed connections, 408, 425, 429 and all 5xx are retryable; any other unexpected response is permanent. After an
 * interruption the request is sent again if its HTTP method is idempotent, or if the third request says that it was not
 * done.
 */
public final class HttpCall implements ActionType {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String description() {
        return "Sends an HTTP request and checks the status of the response.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": {"type": "string", "description": "the resource that the action belongs to; a filter of lists"},
                    "method": {"$ref": "#/$defs/request/properties/method"},
                    "url": {"$ref": "#/$defs/request/properties/url"},
                    "headers": {"$ref": "#/$defs/request/properties/headers"},
                    "body": {"$ref": "#/$defs/request/properties/body"},
                    "expected_status": {"$ref": "#/$defs/request/properties/expected_status"},
                    "timeout": {"$ref": "#/$defs/request/properties/timeout"},
                    "revert": {"$ref": "#/$defs/request", "required": ["method"],
                      "description": "the request that reverts this one; absent: it cannot be reverted"},
                    "reconcile": {"$ref": "#/$defs/request",
                      "description": "sent after this request was interrupted: the expected response means that it did its work; any other below 500 means that it did not, and it is sent again; 408, 425, 429, 5xx and no response mean: ask again"}
                  },
                  "required": ["url"],
                  "additionalProperties": false,
                  "$defs": {
                    "request": {
                      "type": "object",
                      "properties": {
                        "method": {"type": "string",
                          "enum": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
                          "description": "default GET"},
                        "url": {"type": "string", "pattern": "^https?://[^\\\\s/?#]+\\\\S*$"},
                        "headers": {"type": "object", "additionalProperties": {"type": "string"}},
                        "body": {"type": "string"},
                        "expected_status": {"description": "default: any 2xx",
                          "oneOf": [
                            {"type": "integer", "minimum": 100, "maximum": 599},
                            {"type": "array", "minItems": 1,
                              "items": {"type": "integer", "minimum": 100, "maximum": 599}}
                          ]},
                        "timeout": {"type": "number", "minimum": 0.001, "maximum": 86400,
                          "description": "seconds for the whole response; default 60"}
                      },
                      "required": ["url"],
                      "additionalProperties": false
                    }
                  }
                }
                """;
    }

    @Override
    public boolean idempotent(Map<String, Object> inputParameters) {
        return new HttpExchange(inputParameters).idempotent();
    }

    @Override
    public Result execute(Execution execution) throws InterruptedException {
        return outcome(new HttpExchange(execution.inputParameters()).send(client));
    }

    @Override
    public boolean abort(Execution execution) {
        return true;
    }

    @Override
    public Result revert(Execution execution) throws Exception {
        Optional<HttpExchange> undo = exchange(execution.inputParameters(), "revert");
        return undo.isPresent() ? outcome(undo.get().send(client)) : ActionType.super.revert(execution);
    }

    @Override
    public boolean revertIdempotent(Map<String, Object> inputParameters) {
        return exchange(inputParameters, "revert").map(HttpExchange::idempotent).orElse(true);
    }

    @Override
    public boolean reconciles(Map<String, Object> inputParameters) {
        return exchange(inputParameters, "reconcile").isPresent();
    }

    @Override
    public Optional<Result> reconcile(Execution execution) throws InterruptedException {
        Optional<HttpExchange> question = exchange(execution.inputParameters(), "reconcile");
        return question.isPresent() ? found(question.get().send(client)) : Optional.empty();
    }

    private static Optional<HttpExchange> exchange(Map<String, Object> inputParameters, String name) {
        return inputParameters.get(name) instanceof Map<?, ?> given
                ? Optional.of(new HttpExchange(given))
                : Optional.empty();
    }

    private static Result outcome(Answer answer) {
        return switch (answer) {
            case Expected(String message) -> Result.succeeded(message);
            case Unavailable(String message) -> Result.failed(Failure.inDoubt(message));
            case Unexpected(String message) -> Result.failed(Failure.permanent(message));
            case Unsendable(String message) -> Result.failed(Failure.permanent(message));
        };
    }

    private static Optional<Result> found(Answer answer) {
        return switch (answer) {
            case Expected(String message) ->
                Optional.of(Result.succeeded("found to be done by an earlier attempt: " + message));
            case Unexpected _ -> Optional.empty();
            case Unavailable(String message) -> Optional.of(Result.failed(Failure.retryable(unknown(message))));
            case Unsendable(String message) -> Optional.of(Result.failed(Failure.permanent(unknown(message))));
        };
    }

    private static String unknown(String why) {
        return "cannot determine whether an earlier attempt succeeded: " + why;
    }
}
