package interlock.action;

import interlock.http.BoundedExchange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request and the expected response, as written in the plan document.
 *
 * @param parameters {@code url}, {@code method}, {@code headers}, {@code body}, {@code expected_status}, {@code
 *     timeout}
 */
record HttpExchange(Map<?, ?> parameters) {
    private static final Set<Integer> RETRYABLE_CLIENT_ERRORS = Set.of(408, 425, 429);
    private static final Set<String> NOT_IDEMPOTENT = Set.of("POST", "PATCH");
    private static final int BODY_SHOWN = 200;

    /** The number of bytes of a response body that are read to quote its beginning. */
    private static final int BODY_READ = 8 * 1024;

    /** The default time-out for the whole response, in seconds. */
    private static final int USUAL_TIMEOUT = 60;

    /** The result of sending the request. */
    sealed interface Answer {}

    /** The expected response. */
    record Expected(String message) implements Answer {}

    /** Another response; repeating the request would not change it. */
    record Unexpected(String message) implements Answer {}

    /** No response, or one that may change when the request is repeated. */
    record Unavailable(String message) implements Answer {}

    /** The request is invalid and was not sent. */
    record Unsendable(String message) implements Answer {}

    /** {@return whether repeating the request is safe by RFC 9110, section 9.2.2} */
    boolean idempotent() {
        return !NOT_IDEMPOTENT.contains(method());
    }

    private String method() {
        return parameters.get("method") instanceof String given ? given : "GET";
    }

    /**
     * {@return the result} Waits for the response, but not for the body of an expected one, because only the status
     * matters. The body of an unexpected response is read to quote its beginning.
     */
    Answer send(HttpClient client) throws InterruptedException {
        HttpRequest request;
        try {
            request = request();
        } catch (IllegalArgumentException e) {
            return new Unsendable("the request cannot be sent: " + e.getMessage());
        }
        try {
            return judge(
                    request,
                    new BoundedExchange(client, timeout(), BODY_READ).send(request, status -> !expects(status)));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Unavailable("cannot connect to " + request.uri().getAuthority());
        } catch (HttpTimeoutException e) {
            return new Unavailable("%s %s: %s".formatted(request.method(), request.uri(), e.getMessage()));
        } catch (IOException e) {
            return new Unavailable("%s %s: %s".formatted(request.method(), request.uri(), e));
        }
    }

    private HttpRequest request() {
        var builder = HttpRequest.newBuilder(URI.create(String.valueOf(parameters.get("url"))));
        if (parameters.get("body") instanceof String text) {
            builder.method(method(), BodyPublishers.ofString(text));
        } else {
            withoutBody(builder);
        }
        if (parameters.get("headers") instanceof Map<?, ?> headers) {
            headers.forEach((name, value) -> builder.setHeader(name.toString(), value.toString()));
        }
        return builder.build();
    }

    /** The client would send a {@code Content-Length} header with an empty body, even for methods without a body. */
    private void withoutBody(HttpRequest.Builder builder) {
        switch (method()) {
            case "GET" -> builder.GET();
            case "HEAD" -> builder.HEAD();
            case "DELETE" -> builder.DELETE();
            default -> builder.method(method(), BodyPublishers.noBody());
        }
    }

    private Duration timeout() {
        double seconds = parameters.get("timeout") instanceof Number given ? given.doubleValue() : USUAL_TIMEOUT;
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private Answer judge(HttpRequest request, BoundedExchange.Answer answer) {
        int status = answer.status();
        if (expects(status)) {
            return new Expected("HTTP " + status);
        }
        String message = "%s %s answered %s%s".formatted(request.method(), request.uri(), status, shown(answer.body()));
        return status >= 500 || RETRYABLE_CLIENT_ERRORS.contains(status)
                ? new Unavailable(message)
                : new Unexpected(message);
    }

    private boolean expects(int status) {
        return switch (parameters.get("expected_status")) {
            case Number one -> is(status, one);
            case Iterable<?> several -> {
                boolean found = false;
                for (Object one : several) {
                    found |= is(status, one);
                }
                yield found;
            }
            case null, default -> status >= 200 && status < 300;
        };
    }

    private static boolean is(int status, @Nullable Object expected) {
        return expected instanceof Number number && number.intValue() == status;
    }

    private static String shown(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        if (line.isEmpty()) {
            return "";
        }
        return ": " + (line.length() <= BODY_SHOWN ? line : line.substring(0, BODY_SHOWN) + "…");
    }
}
