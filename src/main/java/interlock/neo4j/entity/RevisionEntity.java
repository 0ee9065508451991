package interlock.neo4j.entity;

import interlock.model.PlanState;
import interlock.model.RollBackState;
import interlock.model.StoredState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.Relationship;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** One change of a plan, as {@code (:Revision)}. */
@NodeEntity("Revision")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class RevisionEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private String planUuid = "";

    private @Nullable String auditUuid;

    private @Nullable String oldState;

    private @Nullable Long turn;

    private long number;

    @Convert(TimeConverter.class)
    private Instant at = Instant.EPOCH;

    private String state = "";

    private boolean paused;

    private @Nullable String statusMessage;

    private int pending;

    private int ongoing;

    private int succeeded;

    private int failed;

    private int skipped;

    private int cancelled;

    private int standby;

    private @Nullable String rollBack;

    private @Nullable Integer reverted;

    private @Nullable Integer reverts;

    private String actions = "";

    @Relationship(type = "CONTINUES")
    private List<RevisionPartEntity> parts = new ArrayList<>();

    /** For the object mapper. */
    RevisionEntity() {}

    /** {@return the plan's uuid} */
    public String planUuid() {
        return planUuid;
    }

    /** {@return the plan's revision after the change} */
    public long number() {
        return number;
    }

    /** {@return the time of the change} */
    public Instant at() {
        return at;
    }

    /** {@return the plan's state after the change} */
    public StoredState<PlanState> state() {
        return StoredState.of(PlanState.class, state);
    }

    /** {@return whether the plan is paused after the change} */
    public boolean paused() {
        return paused;
    }

    /** {@return the reason for the plan's state} */
    public @Nullable String statusMessage() {
        return statusMessage;
    }

    /** {@return the number of PENDING actions} */
    public int pending() {
        return pending;
    }

    /** {@return the number of ONGOING actions} */
    public int ongoing() {
        return ongoing;
    }

    /** {@return the number of SUCCEEDED actions} */
    public int succeeded() {
        return succeeded;
    }

    /** {@return the number of FAILED actions} */
    public int failed() {
        return failed;
    }

    /** {@return the number of SKIPPED actions} */
    public int skipped() {
        return skipped;
    }

    /** {@return the number of CANCELLED actions} */
    public int cancelled() {
        return cancelled;
    }

    /** {@return the number of STANDBY actions, in alternative paths} */
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

    /** {@return the changed actions, as a list in JSON} */
    public String actions() {
        if (parts.isEmpty()) {
            return actions;
        }
        return Stream.concat(
                        Stream.of(actions),
                        parts.stream()
                                .sorted(Comparator.comparingInt(RevisionPartEntity::number))
                                .map(RevisionPartEntity::actions))
                .map(list -> list.substring(1, list.length() - 1))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
