package interlock.neo4j.store;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Lock;
import interlock.neo4j.database.Page;
import interlock.neo4j.database.Transactions;
import interlock.neo4j.database.UnknownMarker;
import interlock.neo4j.entity.WebhookEntity;
import interlock.neo4j.store.History.Cursor;
import interlock.neo4j.store.History.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps webhooks, and how far each has been told. One process at a time tells a webhook: it claims it for a while, and each
 * report of its is checked against the claim's fence. Every method throws
 * {@link interlock.applier.PlanGraph.GraphUnavailable} when the database is out of reach.
 */
public final class WebhookStore {
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
    private final EntityTransactions entities;

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

    /** Takes the connection, on which webhooks are changed, and where they are loaded and saved as entities. */
    public WebhookStore(Transactions graph, EntityTransactions entities) {
        this.graph = graph;
        this.entities = entities;
    }

    /** {@return a new webhook, which is told of what happens from now on} */
    public Webhook create(String url, List<String> events, String secret) {
        return entities.write(tx -> {
            var lock = tx.statements().take(Lock.WEBHOOKS);
            long ended =
                    tx.statements().run(TURN, Map.of()).single().get("turn").asLong();
            WebhookEntity webhook = new WebhookEntity(UUID.randomUUID().toString(), url, events, secret);
            webhook.create(lock.number(), lock.at(), ended + 1);
            tx.save(webhook);
            return webhook(webhook);
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
        return entities
                .read(tx -> tx.page(WebhookEntity.class, PAGE, page.parameters()))
                .orElseThrow(() -> new UnknownMarker(
                        "Webhook", page.marker().map(UUID::toString).orElse("")))
                .stream()
                .map(WebhookStore::webhook)
                .toList();
    }

    /** {@return the webhook, if there is one} */
    public Optional<Webhook> find(UUID uuid) {
        return entities.read(tx -> tx.load(WebhookEntity.class, FIND, Map.of("uuid", uuid.toString())).stream()
                .map(WebhookStore::webhook)
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
        return entities.write(tx ->
                tx.load(WebhookEntity.class, CLAIM, Map.of("uuid", uuid, "holder", holder, "lease", lease)).stream()
                        .map(webhook -> claim(webhook, until))
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

    private static Claim claim(WebhookEntity webhook, long until) {
        Cursor cursor = new Cursor(webhook.turn(), webhook.revisions(), webhook.occurrences());
        // another process may have told it of later turns meanwhile
        long told = Math.max(until, cursor.turn() - 1);
        return new Claim(
                webhook.uuid(),
                webhook.fence(),
                webhook.url(),
                webhook.events(),
                webhook.secret(),
                cursor,
                new Span(told, webhook.createdAt()),
                webhook.failures());
    }

    private static Webhook webhook(WebhookEntity webhook) {
        return new Webhook(
                webhook.uuid(),
                webhook.url(),
                webhook.events(),
                webhook.state(),
                webhook.createdAt(),
                new Webhook.Progress(
                        webhook.delivered(),
                        webhook.deliveredAt(),
                        webhook.failures(),
                        webhook.lastError(),
                        webhook.failedAt(),
                        webhook.notBefore()));
    }
}
