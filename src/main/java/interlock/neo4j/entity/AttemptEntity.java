package interlock.neo4j.entity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** One run of an action by one applier, as {@code (:Attempt)}. */
@NodeEntity("Attempt")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class AttemptEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private int number;

    private String name = "";

    private String applier = "";

    @Convert(TimeConverter.class)
    private Instant startedAt = Instant.EPOCH;

    @Convert(TimeConverter.class)
    private @Nullable Instant finishedAt;

    private @Nullable String outcome;

    private @Nullable String message;

    private @Nullable Double progress;

    private @Nullable List<String> requestIds;

    /** For the object mapper. */
    AttemptEntity() {}

    /** {@return which one it is, counted from 1} */
    public int number() {
        return number;
    }

    /** {@return who ran it} */
    public String applier() {
        return applier;
    }

    /** {@return when it started} */
    public Instant startedAt() {
        return startedAt;
    }

    /** {@return when its end was stored} */
    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    /** {@return how far it came, from 0 to 1, if it has said so} */
    public @Nullable Double progress() {
        return progress;
    }

    /** {@return by which services know its requests, in order} */
    public List<String> requestIds() {
        return requestIds == null ? List.of() : requestIds;
    }

    /** {@return how it ended} */
    public @Nullable String outcome() {
        return outcome;
    }

    /** {@return what there is to say of it} */
    public @Nullable String message() {
        return message;
    }
}
