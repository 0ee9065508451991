package interlock.neo4j.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** What audits and their templates have in common: a name that no other has, until they are deleted. They are kept then. */
@SuppressWarnings("UnusedVariable") // the object mapper reads what is not read here
public abstract class NamedEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private String uuid = "";

    private String name = "";

    private @Nullable String activeName;

    private long number;

    private String state = "";

    private String goal = "";

    private @Nullable String strategy;

    private String scope = "";

    @Convert(TimeConverter.class)
    private Instant createdAt = Instant.EPOCH;

    @Convert(TimeConverter.class)
    private @Nullable Instant updatedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant deletedAt;

    /** For the object mapper. */
    NamedEntity() {}

    /** Says which it is, and when it was stored. */
    public void create(String itsUuid, long itsNumber, Instant at) {
        uuid = itsUuid;
        number = itsNumber;
        createdAt = at;
        activeName = name;
    }

    /** Says when it was changed. */
    public void change(Instant at) {
        updatedAt = at;
        activeName = deletedAt == null ? name : null;
    }

    /** Says when it was deleted: then its name is free. */
    public void delete(Instant at) {
        deletedAt = at;
        change(at);
    }

    /** Gives it a name. */
    public void setName(String name) {
        this.name = name;
    }

    /** Gives it a state. */
    public void setState(String state) {
        this.state = state;
    }

    /** Says what is wanted. */
    public void setGoal(String goal) {
        this.goal = goal;
    }

    /** Says how that is reached, or leaves it to the goal. */
    public void setStrategy(@Nullable String strategy) {
        this.strategy = strategy;
    }

    /** Says where, as JSON. */
    public void setScope(String scope) {
        this.scope = scope;
    }

    /** {@return its uuid} */
    public String uuid() {
        return uuid;
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return its state} */
    public String state() {
        return state;
    }

    /** {@return the name of what is wanted} */
    public String goal() {
        return goal;
    }

    /** {@return the name of how that is reached} */
    public @Nullable String strategy() {
        return strategy;
    }

    /** {@return where, as JSON} */
    public String scope() {
        return scope;
    }

    /** {@return when it was stored} */
    public Instant createdAt() {
        return createdAt;
    }

    /** {@return when it last changed} */
    public @Nullable Instant updatedAt() {
        return updatedAt;
    }

    /** {@return when it was deleted} */
    public @Nullable Instant deletedAt() {
        return deletedAt;
    }
}
