package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.client.CommandFailed;
import interlock.cli.client.RestClient;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a plan, in order. After a lost connection, such as a restart of the service, it reconnects and
 * continues after the last change it read.
 *
 * <p>Used by one thread. The HTTP client's threads only add the received lines to a queue.
 */
final class PlanEvents implements AutoCloseable {
    /** How long the service may be unreachable. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The time between two attempts to reconnect. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** The service sends something every ten seconds; a connection that is silent for this long is dead. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final RestClient rest;
    private final String path;
    private final InstantSource clock;
    private final Consumer<String> notes;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    private long revision;
    private @Nullable Connection connection;
    private Instant heard;
    private Instant due;
    private @Nullable Instant lostAt;

    /**
     * What a connection has received. Every arrival names its connection, so that those of a closed one are ignored.
     */
    private sealed interface Arrival {
        Connection of();

        record Line(Connection of, String text) implements Arrival {}

        record End(Connection of, String reason) implements Arrival {}

        record Refusal(Connection of, CommandFailed reason) implements Arrival {}
    }

    /**
     * An event.
     *
     * @param data its data as sent
     * @param change the same, parsed
     */
    record Event(String data, ApiAnswers.Change change) {}

    /**
     * Follows a plan from a revision on.
     *
     * @param notes receives a message when the connection is lost and when it is restored
     */
    PlanEvents(RestClient rest, String plan, long revision, InstantSource clock, Consumer<String> notes) {
        this.rest = rest;
        this.path = "/v1/action_plans/%s/events".formatted(plan);
        this.revision = revision;
        this.clock = clock;
        this.notes = notes;
        this.heard = clock.instant();
        this.due = heard;
    }

    /**
     * {@return the next change; empty if none arrived in the given time}
     *
     * @throws CommandFailed when the service rejects the request, or is unreachable for too long
     */
    Optional<Event> next(Duration atMost) throws InterruptedException {
        Instant now = clock.instant();
        if (connection == null && !now.isBefore(due)) {
            connection = new Connection();
            connection.open();
            heard = now;
        }
        Arrival arrival = arrivals.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (arrival == null) {
            if (connection != null && heard.plus(SILENCE).isBefore(clock.instant())) {
                lost("no data for %d seconds".formatted(SILENCE.toSeconds()));
            }
            return Optional.empty();
        }
        if (arrival.of() != connection) {
            return Optional.empty();
        }
        return switch (arrival) {
            case Arrival.Line line -> heard(line.of(), line.text());
            case Arrival.Refusal refusal -> throw refusal.reason();
            case Arrival.End end -> {
                lost(end.reason());
                yield Optional.empty();
            }
        };
    }

    private Optional<Event> heard(Connection of, String line) {
        heard = clock.instant();
        if (lostAt != null) {
            lostAt = null;
            notes.accept("reconnected");
        }
        return of.read(line);
    }

    private void lost(String reason) {
        close();
        Instant now = clock.instant();
        if (lostAt == null) {
            lostAt = now;
            notes.accept("the connection to %s was lost (%s); retrying for %d seconds"
                    .formatted(rest.service(), reason, PATIENCE.toSeconds()));
        }
        if (lostAt.plus(PATIENCE).isBefore(now)) {
            throw new CommandFailed(
                    "%s is still unreachable; the plan continues when the service is back".formatted(rest.service()));
        }
        due = now.plus(PAUSE);
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /**
     * One request and the lines of its answer. Lines are requested one by one, so that a slow terminal slows the
     * service down.
     */
    private final class Connection implements Flow.Subscriber<String> {
        private static final int AHEAD = 100;

        private final StringBuilder data = new StringBuilder();
        private long id = revision;
        private @Nullable CompletableFuture<?> exchange;
        private volatile Flow.@Nullable Subscription subscription;

        void open() {
            exchange = rest.follow(path, revision, this::receive).whenComplete((_, failure) -> {
                if (failure != null) {
                    arrivals.add(new Arrival.End(this, reason(failure)));
                }
            });
        }

        void close() {
            if (subscription != null) {
                subscription.cancel();
            }
            if (exchange != null) {
                exchange.cancel(true);
            }
        }

        private BodySubscriber<Void> receive(HttpResponse.ResponseInfo answer) {
            if (answer.statusCode() == 200) {
                return BodySubscribers.fromLineSubscriber(this, _ -> null, StandardCharsets.UTF_8, null);
            }
            return BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), body -> {
                arrivals.add(refusal(answer.statusCode(), body));
                return null;
            });
        }

        /** Server errors may pass; client errors are final. */
        private Arrival refusal(int status, String body) {
            return status >= 500
                    ? new Arrival.End(this, "status %d".formatted(status))
                    : new Arrival.Refusal(
                            this, RestClient.refused("GET", URI.create(rest.service() + path), status, body));
        }

        /** The HTTP client's own messages are about chunks and parser states. */
        private static String reason(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause instanceof ConnectException ? "connection refused" : "connection closed";
        }

        @Override
        public void onSubscribe(Flow.Subscription lines) {
            subscription = lines;
            lines.request(AHEAD);
        }

        @Override
        public void onNext(String line) {
            arrivals.add(new Arrival.Line(this, line));
        }

        @Override
        public void onError(Throwable failure) {
            arrivals.add(new Arrival.End(this, reason(failure)));
        }

        @Override
        public void onComplete() {
            arrivals.add(new Arrival.End(this, "closed by the service"));
        }

        /** Reads a line of a stream of Server-Sent Events; an empty line ends an event. */
        Optional<Event> read(String line) {
            if (subscription != null) {
                subscription.request(1);
            }
            if (line.startsWith("id:")) {
                id = Long.parseLong(line.substring(3).strip());
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5).strip());
            } else if (line.isEmpty() && !data.isEmpty()) {
                String text = data.toString();
                data.setLength(0);
                revision = id;
                return Optional.of(new Event(text, RestClient.read(text, ApiAnswers.Change.class)));
            }
            return Optional.empty();
        }
    }
}
