package interlock.neo4j.entity;

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

    /** Without anything yet. */
    public AuditEntity() {}

    /** Says why it is in its state. */
    public void setStatusMessage(@Nullable String statusMessage) {
        this.statusMessage = statusMessage;
    }

    /** Sets the parameters of the strategy, as JSON. */
    public void setParameters(String parameters) {
        this.parameters = parameters;
    }

    /** Says whether its plan is started at once, and whether it would run beside others in Watcher. */
    public void setTrigger(boolean auto, boolean besideOthers) {
        this.autoTrigger = auto;
        this.force = besideOthers;
    }

    /** Says how often it would run in Watcher, and from when to when. */
    public void setSchedule(@Nullable String every, @Nullable LocalDateTime from, @Nullable LocalDateTime to) {
        this.interval = every;
        this.startTime = from;
        this.endTime = to;
    }

    /** Counts a change. */
    public void setRevision(long revision) {
        this.revision = revision;
    }

    /** {@return why it is in its state} */
    public @Nullable String statusMessage() {
        return statusMessage;
    }

    /** {@return the parameters of the strategy, as JSON} */
    public String parameters() {
        return parameters;
    }

    /** {@return whether its plan is started at once} */
    public boolean autoTrigger() {
        return autoTrigger;
    }

    /** {@return whether it would run beside other plans in Watcher} */
    public boolean force() {
        return force;
    }

    /** {@return how often it would run in Watcher} */
    public @Nullable String interval() {
        return interval;
    }

    /** {@return from when, in UTC} */
    public @Nullable LocalDateTime startTime() {
        return startTime;
    }

    /** {@return to when, in UTC} */
    public @Nullable LocalDateTime endTime() {
        return endTime;
    }

    /** {@return how often it has changed; nothing for one that has not since that is counted} */
    public @Nullable Long revision() {
        return revision;
    }

    /** {@return the plans that were made for it} */
    public List<ActionPlanEntity> plans() {
        return plans;
    }
}
