package interlock.neo4j.entity;

import interlock.model.AuditState;
import interlock.model.StoredState;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.Relationship;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** An audit, as {@code (:Audit)}. */
@NodeEntity("Audit")
public final class AuditEntity extends NamedEntity {
    private @Nullable String statusMessage;

    private String parameters = "";

    private boolean autoTrigger;

    private boolean force;

    private @Nullable String interval;

    @Convert(LocalTimeConverter.class)
    private @Nullable LocalDateTime startTime;

    @Convert(LocalTimeConverter.class)
    private @Nullable LocalDateTime endTime;

    private @Nullable Long revision;

    @Relationship(type = "RECOMMENDS")
    private List<ActionPlanEntity> plans = new ArrayList<>();

    /** Creates an empty entity. */
    public AuditEntity() {}

    /** {@return its state} */
    public StoredState<AuditState> state() {
        return StoredState.of(AuditState.class, storedState());
    }

    /** Sets its state. */
    public void setState(AuditState state) {
        setStoredState(state.name());
    }

    /** Sets the reason for its state. */
    public void setStatusMessage(@Nullable String statusMessage) {
        this.statusMessage = statusMessage;
    }

    /** Sets the parameters of the strategy, as JSON. */
    public void setParameters(String parameters) {
        this.parameters = parameters;
    }

    /** Sets whether its plan starts automatically, and Watcher's force flag. */
    public void setTrigger(boolean auto, boolean besideOthers) {
        this.autoTrigger = auto;
        this.force = besideOthers;
    }

    /** Sets Watcher's interval, start and end of a continuous audit. */
    public void setSchedule(@Nullable String every, @Nullable LocalDateTime from, @Nullable LocalDateTime to) {
        this.interval = every;
        this.startTime = from;
        this.endTime = to;
    }

    /** Sets the number of its changes. */
    public void setRevision(long revision) {
        this.revision = revision;
    }

    /** {@return the reason for its state} */
    public @Nullable String statusMessage() {
        return statusMessage;
    }

    /** {@return the parameters of the strategy, as JSON} */
    public String parameters() {
        return parameters;
    }

    /** {@return whether its plan starts automatically} */
    public boolean autoTrigger() {
        return autoTrigger;
    }

    /** {@return Watcher's force flag} */
    public boolean force() {
        return force;
    }

    /** {@return Watcher's interval of a continuous audit} */
    public @Nullable String interval() {
        return interval;
    }

    /** {@return the start of a continuous audit, in UTC} */
    public @Nullable LocalDateTime startTime() {
        return startTime;
    }

    /** {@return the end of a continuous audit, in UTC} */
    public @Nullable LocalDateTime endTime() {
        return endTime;
    }

    /** {@return the number of its changes; null if it has not changed since they are counted} */
    public @Nullable Long revision() {
        return revision;
    }

    /** {@return its plans, if loaded} */
    public List<ActionPlanEntity> plans() {
        return plans;
    }
}
