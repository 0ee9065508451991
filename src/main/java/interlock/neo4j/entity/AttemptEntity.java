package interlock.neo4j.entity;

import interlock.model.AttemptOutcome;
import interlock.model.StoredState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** One attempt of an action on an applier, as {@code (:Attempt)}. */
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

    private @Nullable Boolean inDoubt;

    private @Nullable Double progress;

    private @Nullable List<String> requestIds;

    /** For the object mapper. */
    AttemptEntity() {}

    /** {@return its number, counted from 1} */
    public int number() {
        return number;
    }

    /** {@return the id of the applier} */
    public String applier() {
        return applier;
    }

    /** {@return when it started} */
    public Instant startedAt() {
        return startedAt;
    }

    /** {@return when its outcome was stored} */
    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    /** {@return its progress from 0 to 1, if reported} */
    public @Nullable Double progress() {
        return progress;
    }

    /** {@return the ids that remote services gave to its requests, in order} */
    public List<String> requestIds() {
        return requestIds == null ? List.of() : requestIds;
    }

    /** {@return the kind of its outcome; empty while it runs} */
    public Optional<StoredState<AttemptOutcome>> outcome() {
        return Optional.ofNullable(outcome).map(kind -> StoredState.of(AttemptOutcome.class, kind));
    }

    /** {@return details for people} */
    public @Nullable String message() {
        return message;
    }
}
