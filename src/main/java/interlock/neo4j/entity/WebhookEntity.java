package interlock.neo4j.entity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/**
 * Somebody who is told of what happens, as {@code (:Webhook)}. It is saved when it is new, and never again: who tells it stores how far
 * that went, under a lock of the node alone, and a whole webhook that somebody else has loaded would take that back.
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

    private String state = "ACTIVE";

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

    /** A new one. */
    public WebhookEntity(String uuid, String url, List<String> events, String secret) {
        this.uuid = uuid;
        this.url = url;
        this.events = events;
        this.secret = secret;
    }

    /** Says when it was stored, and from which turn of the gate on it is told. */
    public void create(long itsNumber, Instant at, long firstTurn) {
        number = itsNumber;
        createdAt = at;
        turn = firstTurn;
    }

    /** {@return its uuid} */
    public String uuid() {
        return uuid;
    }

    /** {@return where it is told} */
    public String url() {
        return url;
    }

    /** {@return what it is told of: patterns of event types} */
    public List<String> events() {
        return events;
    }

    /** {@return by what events are signed} */
    public String secret() {
        return secret;
    }

    /** {@return ACTIVE, or GONE} */
    public String state() {
        return state;
    }

    /** {@return when it was stored} */
    public Instant createdAt() {
        return createdAt;
    }

    /** {@return the turn of the gate of which it is told next} */
    public long turn() {
        return turn;
    }

    /** {@return of how many of its revisions it was told} */
    public int revisions() {
        return revisions;
    }

    /** {@return of how much of the next revision it was told} */
    public int occurrences() {
        return occurrences;
    }

    /** {@return how many events it took} */
    public long delivered() {
        return delivered;
    }

    /** {@return when it took the latest} */
    public @Nullable Instant deliveredAt() {
        return deliveredAt;
    }

    /** {@return how many tries have failed since} */
    public int failures() {
        return failures;
    }

    /** {@return why the latest of them did} */
    public @Nullable String lastError() {
        return lastError;
    }

    /** {@return when it did} */
    public @Nullable Instant failedAt() {
        return failedAt;
    }

    /** {@return when the next event is tried again} */
    public @Nullable Instant notBefore() {
        return notBefore;
    }

    /** {@return how often it was claimed} */
    public long fence() {
        return fence;
    }
}
