package interlock.neo4j.entity;

import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;

/** Changes of actions that did not fit in their revision, as {@code (:RevisionPart)}. */
@NodeEntity("RevisionPart")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class RevisionPartEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private int number;

    private String actions = "";

    /** For the object mapper. */
    RevisionPartEntity() {}

    /** {@return its place among the parts, from 1} */
    public int number() {
        return number;
    }

    /** {@return the changed actions, as a list in JSON} */
    public String actions() {
        return actions;
    }
}
