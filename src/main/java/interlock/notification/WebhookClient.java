package interlock.notification;

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
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Sends events and evaluates the responses. Redirects are not followed, because they would disclose events to other
 * receivers.
 */
public final class WebhookClient {
    /** The time-out for the whole response. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The maximum delay that a receiver can ask for. */
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private static final int GONE = 410;

    /** The number of bytes of a response that are read; only its status and headers matter. */
    private static final int BODY_READ = 8 * 1024;

    private final BoundedExchange exchange;
    private final InstantSource clock;
    private final String host;

    /** The response of a receiver. */
    sealed interface Answer {
        /** The receiver accepted the event. */
        record Taken() implements Answer {}

        /**
         * The receiver did not accept the event; a retry may succeed.
         *
         * @param rest the delay that the receiver asks for, if it does
         */
        record Refused(String reason, Optional<Duration> rest) implements Answer {}

        /** The receiver wants no further events. */
        record Gone(String reason) implements Answer {}
    }

    /**
     * Creates a client.
     *
     * @param client a client that does not follow redirects
     * @param clock converts dates in {@code Retry-After} to delays
     * @param host the name of this machine
     */
    public WebhookClient(HttpClient client, InstantSource clock, String host) {
        this.exchange = new BoundedExchange(client, PATIENCE, BODY_READ);
        this.clock = clock;
        this.host = host;
    }

    /** {@return the response of the receiver at {@code url}} Blocks until the response or the time-out. */
    Answer tell(String url, String secret, Event event) throws InterruptedException {
        byte[] body = event.body(host);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", Event.MEDIA_TYPE)
                .header("User-Agent", "interlock")
                .header(Signature.HEADER, Signature.of(body, secret))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            return answer(exchange.send(request, _ -> false));
        } catch (ConnectException | HttpConnectTimeoutException _) {
            return new Answer.Refused("cannot connect to " + request.uri().getRawAuthority(), Optional.empty());
        } catch (HttpTimeoutException e) {
            return new Answer.Refused(String.valueOf(e.getMessage()), Optional.empty());
        } catch (IOException e) {
            return new Answer.Refused("the connection failed: " + e.getMessage(), Optional.empty());
        }
    }

    private Answer answer(BoundedExchange.Answer response) {
        int status = response.status();
        if (status >= 200 && status < 300) {
            return new Answer.Taken();
        }
        String reason = "the receiver answered " + status;
        return status == GONE
                ? new Answer.Gone(reason)
                : new Answer.Refused(
                        reason, response.headers().firstValue("Retry-After").flatMap(this::rest));
    }

    /** Seconds or a date, as in section 10.2.3 of RFC 9110; anything else is ignored. */
    private Optional<Duration> rest(String retryAfter) {
        try {
            Duration rest = retryAfter.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : Duration.between(clock.instant(), date(retryAfter));
            return Optional.of(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST)
                    .filter(it -> !it.isNegative());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Instant date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
}
