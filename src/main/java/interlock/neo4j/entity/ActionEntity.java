package interlock.neo4j.entity;

import interlock.api.TriggerRule;
import interlock.model.ActionState;
import interlock.model.StoredState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.Relationship;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** An action, as {@code (:Action)}. */
@NodeEntity("Action")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class ActionEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private String uuid = "";

    private String planUuid = "";

    private String id = "";

    private String name = "";

    private int number;

    private String actionType = "";

    private String inputParameters = "";

    private @Nullable String resourceId;

    private String state = "";

    private @Nullable String statusMessage;

    private int layer;

    private double priority;

    private @Nullable Double estimatedStartSeconds;

    private @Nullable Double estimatedSeconds;

    private @Nullable Double expectedSeconds;

    private @Nullable String durationKey;

    private @Nullable String waitedFor;

    private @Nullable Double timeoutSeconds;

    private int unmetParents;

    private int attempt;

    private int failures;

    private int maxAttempts;

    private @Nullable Double initialBackoffSeconds;

    private @Nullable Double backoffMultiplier;

    private @Nullable Double maxBackoffSeconds;

    private @Nullable Double jitter;

    private @Nullable String applier;

    private @Nullable String pathUuid;

    private @Nullable String replacedBy;

    private @Nullable String reverts;

    private @Nullable Boolean reverted;

    private @Nullable Boolean ignored;

    private @Nullable Boolean released;

    private @Nullable String triggerRule;

    private @Nullable Boolean decides;

    private @Nullable Boolean skippedByRule;

    private @Nullable Boolean afterFailure;

    private @Nullable Boolean inFinally;

    private @Nullable Boolean interrupted;

    private @Nullable String abort;

    private @Nullable Double rank;

    private @Nullable Double remainingSeconds;

    private @Nullable String blockedBy;

    private @Nullable Double blockedRank;

    private @Nullable Integer blockedUnits;

    private @Nullable Double deadlineSeconds;

    private @Nullable Double revertTimeoutSeconds;

    @Convert(TimeConverter.class)
    private @Nullable Instant deadlineAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant notBefore;

    @Convert(TimeConverter.class)
    private @Nullable Instant readyAt;

    @Convert(TimeConverter.class)
    private Instant createdAt = Instant.EPOCH;

    @Convert(TimeConverter.class)
    private @Nullable Instant updatedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant startedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant finishedAt;

    @Relationship(type = "DEPENDS_ON")
    private List<DependencyEntity> dependencies = new ArrayList<>();

    @Relationship(type = "USES")
    private List<UseEntity> uses = new ArrayList<>();

    @Relationship(type = "HOLDS")
    private List<HoldEntity> holds = new ArrayList<>();

    @Relationship(type = "ATTEMPTED")
    private List<AttemptEntity> attempts = new ArrayList<>();

    @Relationship(type = "REVERTS")
    private @Nullable ActionEntity undone;

    /** For the object mapper. */
    ActionEntity() {}

    public String uuid() {
        return uuid;
    }

    /** {@return the uuid of its plan} */
    public String planUuid() {
        return planUuid;
    }

    /** {@return its id in the plan} */
    public String id() {
        return id;
    }

    /** {@return the name of its action type} */
    public String actionType() {
        return actionType;
    }

    /** {@return its input parameters, as JSON} */
    public String inputParameters() {
        return inputParameters;
    }

    public StoredState<ActionState> state() {
        return StoredState.of(ActionState.class, state);
    }

    /** {@return the reason for its state} */
    public @Nullable String statusMessage() {
        return statusMessage;
    }

    /** {@return its trigger rule, such as {@code all_done}} */
    public String triggerRule() {
        return triggerRule == null ? TriggerRule.ALL_SUCCESS.wireName() : triggerRule;
    }

    /** {@return whether it runs when all others have ended} */
    public boolean inFinally() {
        return inFinally != null;
    }

    /** {@return the length of its longest chain of ancestors} */
    public int layer() {
        return layer;
    }

    /** {@return its start by the estimate of the plan, in seconds from the plan's start} */
    public @Nullable Double estimatedStartSeconds() {
        return estimatedStartSeconds;
    }

    /** {@return the longest path from its start to the plan's end, in seconds} */
    public double priority() {
        return priority;
    }

    /** {@return the number of its latest attempt; 0 before the first} */
    public int attempt() {
        return attempt;
    }

    /** {@return the maximum number of failed attempts} */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** {@return the applier that ran it last} */
    public @Nullable String applier() {
        return applier;
    }

    /** {@return the uuid of the alternative path that it belongs to} */
    public @Nullable String pathUuid() {
        return pathUuid;
    }

    /** {@return the uuid of the alternative path that has replaced it} */
    public @Nullable String replacedBy() {
        return replacedBy;
    }

    /** {@return the uuid of the action that it reverts} */
    public @Nullable String reverts() {
        return reverts;
    }

    /** {@return whether it was reverted} */
    public boolean reverted() {
        return Boolean.TRUE.equals(reverted);
    }

    /** {@return the time when all attempts must have ended} */
    public @Nullable Instant deadline() {
        return startedAt == null || deadlineSeconds == null
                ? null
                : startedAt.plusNanos(Math.round(deadlineSeconds * 1e9));
    }

    /** {@return the earliest start of its next attempt} */
    public @Nullable Instant notBefore() {
        return notBefore;
    }

    /** {@return when it was stored} */
    public Instant createdAt() {
        return createdAt;
    }

    /** {@return when it last changed} */
    public @Nullable Instant updatedAt() {
        return updatedAt;
    }

    /** {@return when its first attempt started} */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** {@return when it ended} */
    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    /** {@return its current and former dependencies, if loaded} */
    public List<DependencyEntity> dependencies() {
        return dependencies;
    }

    /** {@return the resources that it takes while it runs, if loaded} */
    public List<UseEntity> uses() {
        return uses;
    }

    /** {@return the resources that it has taken, if loaded} */
    public List<HoldEntity> holds() {
        return holds;
    }

    /** {@return its attempts in order, if loaded} */
    public List<AttemptEntity> attempts() {
        return attempts.stream()
                .sorted(Comparator.comparingInt(AttemptEntity::number))
                .toList();
    }

    /** {@return the action that it reverts, if loaded} */
    public @Nullable ActionEntity undone() {
        return undone;
    }
}
