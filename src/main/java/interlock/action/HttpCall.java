package interlock.action;

import interlock.model.Failure;
import interlock.model.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends one HTTP request. It can be aborted.
 *
 * <p>A connection that fails, 408, 425, 429 and every 5xx are worth a retry; any other answer that was not expected is
 * not. A request that was cut short, by the death of its applier, is sent again only where HTTP calls its method
 * idempotent (RFC 9110, section 9.2.2).
 */
public final class HttpCall implements ActionType {
    private static final Set<Integer> RETRYABLE_CLIENT_ERRORS = Set.of(408, 425, 429);
    private static final Set<String> NOT_IDEMPOTENT = Set.of("POST", "PATCH");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int BODY_SHOWN = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String description() {
        return "Sends an HTTP request and looks at the status of the answer.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": {"type": "string", "description": "what it is about; lists can be filtered by it"},
                    "method": {"type": "string", "enum": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
                      "description": "default GET"},
                    "url": {"type": "string", "pattern": "^https?://[^\\\\s/?#]+\\\\S*$"},
                    "headers": {"type": "object", "additionalProperties": {"type": "string"}},
                    "body": {"type": "string"},
                    "expected_status": {"description": "default: any 2xx",
                      "oneOf": [
                        {"type": "integer", "minimum": 100, "maximum": 599},
                        {"type": "array", "minItems": 1,
                          "items": {"type": "integer", "minimum": 100, "maximum": 599}}
                      ]}
                  },
                  "required": ["url"],
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public boolean idempotent(Map<String, Object> inputParameters) {
        return !NOT_IDEMPOTENT.contains(method(inputParameters));
    }

    @Override
    public Outcome execute(Execution execution) throws InterruptedException {
        Map<String, Object> parameters = execution.inputParameters();
        HttpRequest request;
        try {
            request = request(parameters);
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed(Failure.permanent("the request cannot be sent: " + e.getMessage()));
        }
        try {
            return outcome(request, client.send(request, BodyHandlers.ofString()), parameters.get("expected_status"));
        } catch (ConnectException e) {
            return new Outcome.Failed(
                    Failure.retryable("cannot connect to " + request.uri().getAuthority()));
        } catch (IOException e) {
            return new Outcome.Failed(Failure.retryable("%s %s: %s".formatted(request.method(), request.uri(), e)));
        }
    }

    private static HttpRequest request(Map<String, Object> parameters) {
        var body =
                parameters.get("body") instanceof String text ? BodyPublishers.ofString(text) : BodyPublishers.noBody();
        var builder = HttpRequest.newBuilder(URI.create((String) parameters.get("url")))
                .method(method(parameters), body);
        if (parameters.get("headers") instanceof Map<?, ?> headers) {
            headers.forEach((name, value) -> builder.setHeader(name.toString(), value.toString()));
        }
        return builder.build();
    }

    private static String method(Map<String, Object> parameters) {
        return parameters.get("method") instanceof String given ? given : "GET";
    }

    private static Outcome outcome(HttpRequest request, HttpResponse<String> response, @Nullable Object expected) {
        int status = response.statusCode();
        if (isExpected(status, expected)) {
            return new Outcome.Succeeded("HTTP " + status);
        }
        boolean retryable = status >= 500 || RETRYABLE_CLIENT_ERRORS.contains(status);
        String message = String.format(
                Locale.ROOT, "%s %s answered %d%s", request.method(), request.uri(), status, shown(response.body()));
        return new Outcome.Failed(new Failure(message, !retryable));
    }

    private static boolean isExpected(int status, @Nullable Object expected) {
        return switch (expected) {
            case Number one -> status == one.intValue();
            case Iterable<?> several -> {
                boolean found = false;
                for (Object one : several) {
                    found |= one instanceof Number number && number.intValue() == status;
                }
                yield found;
            }
            case null, default -> status >= 200 && status < 300;
        };
    }

    private static String shown(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        if (line.isEmpty()) {
            return "";
        }
        return ": " + (line.length() <= BODY_SHOWN ? line : line.substring(0, BODY_SHOWN) + "…");
    }
}
