package interlock.neo4j.entity;

import interlock.model.StoredState;
import interlock.model.WebhookState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/**
 * A webhook, as {@code (:Webhook)}. The object mapper saves it only when it is created: deliveries store their progress under the lock
 * of the node, and saving an entity that was loaded before would undo that.
 */
@NodeEntity("Webhook")
@SuppressWarnings("UnusedVariable") // the object mapper reads what is not read here
public final class WebhookEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private String uuid = "";

    private long number;

    private String url = "";

    private List<String> events = List.of();

    private String secret = "";

    private String state = WebhookState.ACTIVE.name();

    @Convert(TimeConverter.class)
    private Instant createdAt = Instant.EPOCH;

    private long turn;

    private int revisions;

    private int occurrences;

    private long delivered;

    @Convert(TimeConverter.class)
    private @Nullable Instant deliveredAt;

    private int failures;

    private @Nullable String lastError;

    @Convert(TimeConverter.class)
    private @Nullable Instant failedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant notBefore;

    private @Nullable String holder;

    @Convert(TimeConverter.class)
    private @Nullable Instant heldUntil;

    private long fence;

    /** For the object mapper. */
    WebhookEntity() {}

    /** Creates a new webhook. */
    public WebhookEntity(String uuid, String url, List<String> events, String secret) {
        this.uuid = uuid;
        this.url = url;
        this.events = events;
        this.secret = secret;
    }

    /** Sets the time of its creation and the sequence number of its first revision. */
    public void create(long itsNumber, Instant at, long firstTurn) {
        number = itsNumber;
        createdAt = at;
        turn = firstTurn;
    }

    /** {@return its uuid} */
    public String uuid() {
        return uuid;
    }

    /** {@return its URL} */
    public String url() {
        return url;
    }

    /** {@return the patterns of its event types} */
    public List<String> events() {
        return events;
    }

    /** {@return the secret that signs its events} */
    public String secret() {
        return secret;
    }

    /** {@return ACTIVE, or GONE} */
    public StoredState<WebhookState> state() {
        return StoredState.of(WebhookState.class, state);
    }

    /** {@return when it was stored} */
    public Instant createdAt() {
        return createdAt;
    }

    /** {@return the sequence number of the next revision to deliver} */
    public long turn() {
        return turn;
    }

    /** {@return the number of delivered revisions with that sequence number} */
    public int revisions() {
        return revisions;
    }

    /** {@return the number of delivered events of the next revision} */
    public int occurrences() {
        return occurrences;
    }

    /** {@return the number of delivered events} */
    public long delivered() {
        return delivered;
    }

    /** {@return the time of the latest delivery} */
    public @Nullable Instant deliveredAt() {
        return deliveredAt;
    }

    /** {@return the number of failed tries since then} */
    public int failures() {
        return failures;
    }

    /** {@return the reason of the latest failure} */
    public @Nullable String lastError() {
        return lastError;
    }

    /** {@return the time of the latest failure} */
    public @Nullable Instant failedAt() {
        return failedAt;
    }

    /** {@return the time of the next try} */
    public @Nullable Instant notBefore() {
        return notBefore;
    }

    /** {@return the number of claims, which is the fencing token of a delivery} */
    public long fence() {
        return fence;
    }
}
