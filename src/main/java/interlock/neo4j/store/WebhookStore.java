package interlock.neo4j.store;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Lock;
import interlock.neo4j.database.Page;
import interlock.neo4j.database.Transaction;
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
 * Stores webhooks and the positions of their deliveries. One process at a time delivers to a webhook: it claims the
 * webhook for a while, and its reports are checked against the claim's fencing token. Every method throws {@link
 * interlock.applier.PlanGraph.GraphUnavailable} when the database is unavailable.
 */
public final class WebhookStore {
    private static final Cypher PAGE = Cypher.of("webhook/page");
    private static final Cypher FIND = Cypher.of("webhook/find");
    private static final Cypher DELETE = Cypher.of("webhook/delete");
    private static final Cypher DUE = Cypher.of("webhook/due");
    private static final Cypher UNORDERED = Cypher.of("audit/unordered");
    private static final Cypher ORDER = Cypher.of("audit/order");
    private static final Cypher CLAIM = Cypher.of("webhook/claim");
    private static final Cypher REPORT = Cypher.of("webhook/report");
    private static final Cypher RELEASE_ALL = Cypher.of("webhook/release-all");

    /** The number of audit changes that are numbered in one transaction. */
    private static final int PORTION = 1000;

    private final Transactions graph;
    private final EntityTransactions entities;

    /**
     * A claimed webhook.
     *
     * @param uuid its uuid
     * @param fence the fencing token of the claim
     * @param url the receiver's URL
     * @param events patterns of event types
     * @param secret the secret for signatures
     * @param cursor the position of the next event
     * @param span the part of the history that can be delivered now
     * @param failures the number of failed tries since the latest accepted event
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
     * The progress of a delivery.
     *
     * @param next the position of the next event
     * @param delivered the number of accepted events since the last report
     */
    public record Told(Cursor next, int delivered) {}

    /** The state of the claim after a report. */
    public sealed interface Then {
        /** The claim is extended. */
        record GoOn(Duration lease) implements Then {}

        /** The claim is released: no events are pending. */
        record Release() implements Then {}

        /** The claim is released: the next event was not accepted and is retried later. */
        record TryAgain(String reason, Duration backoff) implements Then {}

        /** The claim is released: the receiver has answered 410 Gone. */
        record GiveUp(String reason) implements Then {}
    }

    /** Takes the connection, on which webhooks are changed, and where they are loaded and saved as entities. */
    public WebhookStore(Transactions graph, EntityTransactions entities) {
        this.graph = graph;
        this.entities = entities;
    }

    /** {@return a new webhook, which receives all later events} */
    public Webhook create(String url, List<String> events, String secret) {
        return entities.write(tx -> {
            var lock = tx.statements().take(Lock.WEBHOOKS);
            long ended = tx.statements().turn();
            WebhookEntity webhook = new WebhookEntity(UUID.randomUUID().toString(), url, events, secret);
            webhook.create(lock.number(), lock.at(), ended + 1);
            tx.save(webhook);
            return webhook(webhook);
        });
    }

    /**
     * Assigns commit sequence numbers to changes of audits, which are made without the gate. Called before events are
     * read.
     *
     * @return whether there were any changes without a number
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
     * {@return a page of the webhooks}
     *
     * @throws UnknownMarker if the page's marker is not among them
     */
    public List<Webhook> list(Page page) {
        return entities
                .read(tx -> tx.page(WebhookEntity.class, PAGE, page.parameters()))
                .orElseThrow(() -> new UnknownMarker("Webhook", page))
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

    /** {@return whether the webhook existed} */
    public boolean delete(UUID uuid) {
        return graph.write(
                tx -> !tx.run(DELETE, Map.of("uuid", uuid.toString())).list().isEmpty());
    }

    /** {@return the webhooks with pending events that are due and not claimed} */
    public List<String> due() {
        return graph.read(
                tx -> tx.run(DUE, Map.of()).list(row -> row.get("uuid").asString()));
    }

    /** {@return the claim of {@code holder} for the duration of the lease; empty if another process holds one} */
    public Optional<Claim> claim(String uuid, String holder, Duration lease) {
        // in a transaction of its own, so that the next one sees all changes up to it
        long until = graph.read(Transaction::turn);
        return entities.write(tx ->
                tx.load(WebhookEntity.class, CLAIM, Map.of("uuid", uuid, "holder", holder, "lease", lease)).stream()
                        .map(webhook -> claim(webhook, until))
                        .findFirst());
    }

    /** {@return whether the claim is still valid} Otherwise nothing was stored. */
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

    /** Ends all claims. Only for a process that is alone on its database. */
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
