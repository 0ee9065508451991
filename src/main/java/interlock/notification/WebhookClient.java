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

/** Sends events, and looks at the answers. A redirection is not followed: it would take the event to somebody else. */
public final class WebhookClient {
    /** How long an answer may take, all in all. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The longest that a receiver may ask to be left alone. */
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private static final int GONE = 410;

    /** How much of an answer is read; only its status and headers are looked at. */
    private static final int BODY_READ = 8 * 1024;

    private final BoundedExchange exchange;
    private final InstantSource clock;
    private final String host;

    /** How a receiver answered. */
    sealed interface Answer {
        /** It has taken the event. */
        record Taken() implements Answer {}

        /**
         * It has not; it may the next time.
         *
         * @param rest how long it asks to be left alone, if it does
         */
        record Refused(String reason, Optional<Duration> rest) implements Answer {}

        /** It has not, and wants none any more. */
        record Gone(String reason) implements Answer {}
    }

    /**
     * Takes what sends requests.
     *
     * @param client one that follows no redirection
     * @param clock by which a receiver's wish to be left alone until a date is understood
     * @param host the name of this machine
     */
    public WebhookClient(HttpClient client, InstantSource clock, String host) {
        this.exchange = new BoundedExchange(client, PATIENCE, BODY_READ);
        this.clock = clock;
        this.host = host;
    }

    /** {@return how the receiver at {@code url} answered} Waits for the answer. */
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
            return new Answer.Refused("the connection broke: " + e.getMessage(), Optional.empty());
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

    /** Seconds or a date, as RFC 9110 has it in section 10.2.3; what is neither is no wish. */
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
