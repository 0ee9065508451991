package interlock.neo4j.store;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Lock;
import interlock.neo4j.database.Page;
import interlock.neo4j.database.Transactions;
import interlock.neo4j.database.UnknownMarker;
import interlock.neo4j.store.History.Cursor;
import interlock.neo4j.store.History.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * Keeps webhooks, and how far each has been told. One process at a time tells a webhook: it claims it for a while, and each
 * report of its is checked against the claim's fence. Every method throws
 * {@link interlock.applier.PlanGraph.GraphUnavailable} when the database is out of reach.
 */
public final class WebhookStore {
    private static final Cypher STORE = Cypher.of("webhook/store");
    private static final Cypher PAGE = Cypher.of("webhook/page");
    private static final Cypher FIND = Cypher.of("webhook/find");
    private static final Cypher DELETE = Cypher.of("webhook/delete");
    private static final Cypher DUE = Cypher.of("webhook/due");
    private static final Cypher TURN = Cypher.of("read/turn");
    private static final Cypher UNORDERED = Cypher.of("audit/unordered");
    private static final Cypher ORDER = Cypher.of("audit/order");
    private static final Cypher CLAIM = Cypher.of("webhook/claim");
    private static final Cypher REPORT = Cypher.of("webhook/report");
    private static final Cypher RELEASE_ALL = Cypher.of("webhook/release-all");

    /** How many changes of audits are ordered in one transaction. */
    private static final int PORTION = 1000;

    private final Transactions graph;

    /**
     * A webhook that is to be told.
     *
     * @param uuid which it is
     * @param fence by which its reports are known
     * @param url where it is told
     * @param events what it is told of: patterns of event types
     * @param secret by which what is told is signed
     * @param cursor what it is told next
     * @param span what it can be told now
     * @param failures how many tries have failed since one was taken
     */
    public record Claim(
            String uuid,
            long fence,
            String url,
            List<String> events,
            String secret,
            Cursor cursor,
            Span span,
            int failures) {}

    /**
     * How far a webhook has been told.
     *
     * @param next what it is told next
     * @param delivered how many events it has taken since the last report
     */
    public record Told(Cursor next, int delivered) {}

    /** What becomes of a claim with a report. */
    public sealed interface Then {
        /** It is kept for a while longer. */
        record GoOn(Duration lease) implements Then {}

        /** It ends: for now, there is nothing left to tell. */
        record Release() implements Then {}

        /** It ends: the next event could not be told, and is tried again after a while. */
        record TryAgain(String reason, Duration backoff) implements Then {}

        /** It ends: the receiver has said that it is there no more. */
        record GiveUp(String reason) implements Then {}
    }

    /** Takes the connection. */
    public WebhookStore(Transactions graph) {
        this.graph = graph;
    }

    /** {@return a new webhook, which is told of what happens from now on} */
    public Webhook create(String url, List<String> events, String secret) {
        return graph.write(tx -> {
            Map<String, Object> parameters = Map.of(
                    "number",
                    tx.take(Lock.WEBHOOKS),
                    "uuid",
                    UUID.randomUUID().toString(),
                    "url",
                    url,
                    "events",
                    events,
                    "secret",
                    secret);
            return webhook(tx.run(STORE, parameters).single().get("webhook"));
        });
    }

    /**
     * Gives what has changed of audits its place among all changes. Audits are changed without the gate, which orders what is
     * told; so whoever tells it does this first.
     *
     * @return whether there was anything
     */
    public boolean orderAuditChanges() {
        boolean any = false;
        while (graph.read(tx -> tx.run(UNORDERED, Map.of()).single().get("any").asBoolean())) {
            graph.write(tx -> {
                tx.takeGate();
                return tx.run(ORDER, Map.of("limit", PORTION)).list();
            });
            any = true;
        }
        return any;
    }

    /**
     * {@return the webhooks, a page of them}
     *
     * @throws UnknownMarker when the page's marker is not among them
     */
    public List<Webhook> list(Page page) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("sortKey", page.sortKey());
        parameters.put("descending", page.descending());
        parameters.put("marker", page.marker().map(UUID::toString).orElse(null));
        parameters.put("limit", page.limit());
        return graph.read(tx -> {
            MapAccessor row = tx.run(PAGE, parameters).single();
            if (!row.get("known").asBoolean()) {
                throw new UnknownMarker(
                        "Webhook", page.marker().map(UUID::toString).orElse(""));
            }
            return row.get("webhooks").asList(WebhookStore::webhook);
        });
    }

    /** {@return the webhook, if there is one} */
    public Optional<Webhook> find(UUID uuid) {
        return graph.read(tx -> tx.run(FIND, Map.of("uuid", uuid.toString())).stream()
                .map(row -> webhook(row.get("webhook")))
                .findFirst());
    }

    /** {@return whether there was such a webhook} It is told nothing any more. */
    public boolean delete(UUID uuid) {
        return graph.write(
                tx -> !tx.run(DELETE, Map.of("uuid", uuid.toString())).list().isEmpty());
    }

    /** {@return those that there is something to tell, and that nobody tells it already} */
    public List<String> due() {
        return graph.read(
                tx -> tx.run(DUE, Map.of()).list(row -> row.get("uuid").asString()));
    }

    /** {@return the webhook, to be told by {@code holder} until the lease is over; nothing if another one was quicker} */
    public Optional<Claim> claim(String uuid, String holder, Duration lease) {
        // in a transaction of its own: those after it see all that was changed up to then
        long until =
                graph.read(tx -> tx.run(TURN, Map.of()).single().get("turn").asLong());
        return graph.write(tx -> tx.run(CLAIM, Map.of("uuid", uuid, "holder", holder, "lease", lease)).stream()
                .map(row -> claim(row, until))
                .findFirst());
    }

    /** {@return whether the claim still holds} If it does not, nothing was stored. */
    public boolean report(Claim claim, Told told, Then then) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("uuid", claim.uuid());
        parameters.put("fence", claim.fence());
        parameters.put("turn", told.next().turn());
        parameters.put("revisions", told.next().revisions());
        parameters.put("occurrences", told.next().occurrences());
        parameters.put("delivered", told.delivered());
        parameters.put("lease", then instanceof Then.GoOn goOn ? goOn.lease() : null);
        parameters.put("wait", then instanceof Then.TryAgain again ? again.backoff() : null);
        parameters.put("gone", then instanceof Then.GiveUp);
        parameters.put(
                "failure",
                switch (then) {
                    case Then.TryAgain again -> again.reason();
                    case Then.GiveUp(String reason) -> reason;
                    case Then.GoOn _, Then.Release _ -> null;
                });
        return graph.write(tx -> !tx.run(REPORT, parameters).list().isEmpty());
    }

    /** Ends all claims. For one whose database nobody else uses. */
    public void releaseAll() {
        graph.write(tx -> tx.run(RELEASE_ALL, Map.of()).list());
    }

    private static Claim claim(MapAccessor row, long until) {
        Value webhook = row.get("webhook");
        Cursor cursor = new Cursor(
                webhook.get("turn").asLong(),
                webhook.get("revisions").asInt(),
                webhook.get("occurrences").asInt());
        // another process may have told it of later turns meanwhile
        long told = Math.max(until, cursor.turn() - 1);
        return new Claim(
                webhook.get("uuid").asString(),
                webhook.get("fence").asLong(),
                webhook.get("url").asString(),
                webhook.get("events").asList(Value::asString),
                webhook.get("secret").asString(),
                cursor,
                new Span(told, webhook.get("createdAt").asZonedDateTime().toInstant()),
                webhook.get("failures").asInt());
    }

    private static Webhook webhook(Value node) {
        return new Webhook(
                node.get("uuid").asString(),
                node.get("url").asString(),
                node.get("events").asList(Value::asString),
                node.get("state").asString(),
                node.get("createdAt").asZonedDateTime().toInstant(),
                new Webhook.Progress(
                        node.get("delivered").asLong(),
                        time(node.get("deliveredAt")),
                        node.get("failures").asInt(),
                        node.get("lastError").asString(null),
                        time(node.get("failedAt")),
                        time(node.get("notBefore"))));
    }

    private static @Nullable Instant time(Value value) {
        return value.isNull() ? null : value.asZonedDateTime().toInstant();
    }
}
