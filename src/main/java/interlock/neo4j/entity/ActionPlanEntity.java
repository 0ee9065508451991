package interlock.neo4j.entity;

import interlock.model.PlanState;
import interlock.model.RollBackState;
import interlock.model.StoredState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.Relationship;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** A plan, as {@code (:ActionPlan)}. */
@NodeEntity("ActionPlan")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class ActionPlanEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private String uuid = "";

    private long number;

    private String name = "";

    private String planner = "";

    private String state = "";

    private String onFailure = "";

    private @Nullable Integer priority;

    private @Nullable Boolean hasRules;

    private @Nullable String finallyState;

    private @Nullable Long finallyFrom;

    private @Nullable Boolean wasCancelled;

    private @Nullable Boolean awaitsDecision;

    private @Nullable Double queueClass;

    private @Nullable Integer queueIdle;

    private @Nullable Double queueLongest;

    private @Nullable String failure;

    private @Nullable String change;

    private @Nullable Long changesFrom;

    private @Nullable String changeMessage;

    private @Nullable String revertRound;

    private @Nullable Integer revertsStored;

    private @Nullable Boolean stopping;

    private @Nullable String rollBack;

    private @Nullable Integer activations;

    private @Nullable String idempotencyKey;
    private @Nullable String bodyDigest;

    private @Nullable Double baselineSeconds;

    private boolean paused;

    private long revision;

    private @Nullable String statusMessage;

    private @Nullable String auditUuid;

    private @Nullable String strategyUuid;

    private @Nullable String strategyName;

    private @Nullable String hostname;

    private @Nullable Double makespanSeconds;

    private @Nullable Double lowerBoundSeconds;

    private @Nullable Integer mostUnits;

    private @Nullable Double deadlineSeconds;

    @Convert(TimeConverter.class)
    private @Nullable Instant deadlineAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant expiredAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant notBefore;

    private @Nullable Boolean lacking;

    private int actionsTotal;

    private int pending;

    private int ongoing;

    private int succeeded;

    private int failed;

    private int skipped;

    private int cancelled;

    private int standby;

    private @Nullable Integer reverted;

    private @Nullable Integer reverts;

    @Convert(TimeConverter.class)
    private Instant createdAt = Instant.EPOCH;

    @Convert(TimeConverter.class)
    private @Nullable Instant updatedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant startedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant finishedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant deletedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant restoredAt;

    @Relationship(type = "CONTAINS")
    private List<ActionEntity> actions = new ArrayList<>();

    @Relationship(type = "WAITS_FOR")
    private List<WaitEntity> waits = new ArrayList<>();

    @Relationship(type = "LIMITS")
    private List<LimitEntity> limits = new ArrayList<>();

    @Relationship(type = "CHANGED")
    private List<RevisionEntity> revisions = new ArrayList<>();

    @Relationship(type = "RECOMMENDS", direction = Relationship.Direction.INCOMING)
    private @Nullable AuditEntity audit;

    /** For the object mapper. */
    ActionPlanEntity() {}

    public String uuid() {
        return uuid;
    }

    /** {@return the plan's name, for people; may be empty} */
    public String name() {
        return name;
    }

    /** {@return the planner that made it} */
    public String planner() {
        return planner;
    }

    /** {@return the uuid of the strategy of its audit, if it has one} */
    public @Nullable String strategyUuid() {
        return strategyUuid;
    }

    /** {@return the name of that strategy} */
    public @Nullable String strategyName() {
        return strategyName;
    }

    public StoredState<PlanState> state() {
        return StoredState.of(PlanState.class, state);
    }

    /** {@return its failure policy} */
    public String onFailure() {
        return onFailure;
    }

    /** {@return the state of its finally actions; null if it has none} */
    public @Nullable String finallyState() {
        return finallyState;
    }

    /** {@return its priority among plans, from -100 to 100; the highest goes first} */
    public int priority() {
        return priority == null ? 0 : priority;
    }

    /** {@return whether no further action starts until it is resumed} */
    public boolean paused() {
        return paused;
    }

    /** {@return the number of changes of the plan and its actions} */
    public long revision() {
        return revision;
    }

    /** {@return the reason for its state} */
    public @Nullable String statusMessage() {
        return statusMessage;
    }

    /** {@return the uuid of its audit, if it has one} */
    public @Nullable String auditUuid() {
        return auditUuid;
    }

    /** {@return the host of the applier that started it} */
    public @Nullable String hostname() {
        return hostname;
    }

    /** {@return its earliest begin} */
    public @Nullable Instant notBefore() {
        return notBefore;
    }

    /** {@return the longest time from its begin to its end, in seconds} */
    public @Nullable Double deadlineSeconds() {
        return deadlineSeconds;
    }

    /** {@return when it must have ended; null unless it runs} */
    public @Nullable Instant deadlineAt() {
        return deadlineAt;
    }

    /** {@return its estimated duration in seconds, if there is an estimate} */
    public @Nullable Double makespanSeconds() {
        return makespanSeconds;
    }

    /** {@return a lower bound of its duration over all orders of its actions, in seconds} */
    public @Nullable Double lowerBoundSeconds() {
        return lowerBoundSeconds;
    }

    /** {@return the number of its actions} */
    public int actionsTotal() {
        return actionsTotal;
    }

    /** {@return the number of its PENDING actions} */
    public int pending() {
        return pending;
    }

    /** {@return the number of its ONGOING actions} */
    public int ongoing() {
        return ongoing;
    }

    /** {@return the number of its SUCCEEDED actions} */
    public int succeeded() {
        return succeeded;
    }

    /** {@return the number of its FAILED actions} */
    public int failed() {
        return failed;
    }

    /** {@return the number of its SKIPPED actions} */
    public int skipped() {
        return skipped;
    }

    /** {@return the number of its CANCELLED actions} */
    public int cancelled() {
        return cancelled;
    }

    /** {@return the number of its STANDBY actions, in alternative paths} */
    public int standby() {
        return standby;
    }

    /** {@return whether the failure policy reverts the plan's actions, or has reverted them} */
    public boolean rolledBack() {
        return RollBackState.ONGOING.name().equals(rollBack);
    }

    /** {@return the number of succeeded actions that are reverted} */
    public int reverted() {
        return reverted == null ? 0 : reverted;
    }

    /** {@return the number of reverts that have succeeded} */
    public int reverts() {
        return reverts == null ? 0 : reverts;
    }

    /** {@return when it was stored} */
    public Instant createdAt() {
        return createdAt;
    }

    /** {@return when it last changed} */
    public @Nullable Instant updatedAt() {
        return updatedAt;
    }

    /** {@return when an applier started it} */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** {@return when it ended} */
    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    /** {@return when it was deleted} */
    public @Nullable Instant deletedAt() {
        return deletedAt;
    }

    /** {@return its actions, those of alternative paths and reverts included} */
    public List<ActionEntity> actions() {
        return actions;
    }

    /** {@return the resources that its ready actions wait for} */
    public List<WaitEntity> waits() {
        return List.copyOf(waits);
    }

    /** {@return the capacities in its document, if loaded} */
    public List<LimitEntity> limits() {
        return limits;
    }

    /** {@return its revisions, if loaded} */
    public List<RevisionEntity> revisions() {
        return revisions;
    }

    /** {@return the audit that recommends it} */
    public @Nullable AuditEntity audit() {
        return audit;
    }
}
