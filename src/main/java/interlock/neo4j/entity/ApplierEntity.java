package interlock.neo4j.entity;

import interlock.model.ApplierState;
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

/** A process that runs actions, as {@code (:Applier)}. */
@NodeEntity("Applier")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class ApplierEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private String id = "";

    private String name = "";

    private String host = "";

    private long process;

    private String state = "";

    private int maxConcurrentActions;

    @Convert(TimeConverter.class)
    private Instant startedAt = Instant.EPOCH;

    @Convert(TimeConverter.class)
    private @Nullable Instant suspectedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant stoppedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant lostAt;

    private @Nullable Boolean aborts;

    @Relationship(type = "RUNS")
    private List<ActionEntity> running = new ArrayList<>();

    /** For the object mapper. */
    ApplierEntity() {}

    public String id() {
        return id;
    }

    /** {@return its host} */
    public String host() {
        return host;
    }

    /** {@return its process id} */
    public long process() {
        return process;
    }

    /** {@return ACTIVE, STOPPED or LOST} */
    public StoredState<ApplierState> state() {
        return StoredState.of(ApplierState.class, state);
    }

    /** {@return the number of actions that it runs at once} */
    public int maxConcurrentActions() {
        return maxConcurrentActions;
    }

    /** {@return when it joined} */
    public Instant startedAt() {
        return startedAt;
    }

    /** {@return the actions that it runs, if loaded} */
    public List<ActionEntity> running() {
        return running;
    }
}
