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
 * A plan's changes, one after the other. When the connection is lost, as when the service is started anew, it comes back
 * and goes on where it was.
 *
 * <p>Used by one thread. The HTTP client's threads only put into the queue what has arrived.
 */
final class PlanEvents implements AutoCloseable {
    /** How long the service may be away. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Between two tries to come back. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** The service sends something every ten seconds; without it for so long, the connection is dead. */
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

    /** What a connection has brought. */
    private sealed interface Arrival {
        Connection of();

        record Line(Connection of, String text) implements Arrival {}

        record End(Connection of, String reason) implements Arrival {}

        record Refusal(Connection of, CommandFailed reason) implements Arrival {}
    }

    /**
     * One event.
     *
     * @param data as the service has sent it
     * @param change what it says
     */
    record Event(String data, ApiAnswers.Change change) {}

    /**
     * Follows a plan from a revision on.
     *
     * @param notes is told when the connection is lost, and when it is back
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
     * {@return the next change; empty, if there was none for a while}
     *
     * @throws CommandFailed when the service refuses, or stays away for too long
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
                lost("nothing was heard for %d seconds".formatted(SILENCE.toSeconds()));
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
            notes.accept("connected again");
        }
        return of.read(line);
    }

    private void lost(String reason) {
        close();
        Instant now = clock.instant();
        if (lostAt == null) {
            lostAt = now;
            notes.accept("the connection to %s was lost (%s); trying again for %d seconds"
                    .formatted(rest.service(), reason, PATIENCE.toSeconds()));
        }
        if (lostAt.plus(PATIENCE).isBefore(now)) {
            throw new CommandFailed("%s has not come back; its plan goes on when it does".formatted(rest.service()));
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

    /** One request, and the lines of its answer: as many as are taken, so that a slow terminal slows the service. */
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

        /** What is wrong with the service may pass; what is wrong with the request will not. */
        private Arrival refusal(int status, String body) {
            return status >= 500
                    ? new Arrival.End(this, "status %d".formatted(status))
                    : new Arrival.Refusal(
                            this, RestClient.refused("GET", URI.create(rest.service() + path), status, body));
        }

        /** What the HTTP client says of it is about chunks and states of parsers. */
        private static String reason(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause instanceof ConnectException ? "nobody answers" : "it broke off";
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
            arrivals.add(new Arrival.End(this, "the service has ended it"));
        }

        /** Reads a line as Server-Sent Events have it: an event ends with an empty one. */
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
