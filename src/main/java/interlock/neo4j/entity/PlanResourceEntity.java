package interlock.neo4j.entity;

import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.EndNode;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.StartNode;

/** The common properties of the relationships of plans with resources. */
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public abstract class PlanResourceEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    @StartNode
    private @Nullable ActionPlanEntity plan;

    @EndNode
    private ResourceEntity resource = new ResourceEntity();

    /** For the object mapper. */
    PlanResourceEntity() {}

    /** {@return the resource} */
    public ResourceEntity resource() {
        return resource;
    }
}
