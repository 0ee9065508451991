package interlock.neo4j.entity;

import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.EndNode;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.StartNode;

/** The common properties of the relationships of actions with resources. */
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public abstract class UnitsEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    @StartNode
    private @Nullable ActionEntity action;

    @EndNode
    private ResourceEntity resource = new ResourceEntity();

    private int units;

    /** For the object mapper. */
    UnitsEntity() {}

    /** {@return the resource} */
    public ResourceEntity resource() {
        return resource;
    }

    /** {@return the number of units} */
    public int units() {
        return units;
    }
}
