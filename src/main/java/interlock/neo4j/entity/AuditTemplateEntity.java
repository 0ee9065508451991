package interlock.neo4j.entity;

import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.NodeEntity;

/** An audit template, as {@code (:AuditTemplate)}. */
@NodeEntity("AuditTemplate")
public final class AuditTemplateEntity extends NamedEntity {
    /** The only state of a template. */
    public static final String KEPT = "KEPT";

    private @Nullable String description;

    private String defaultParameters = "";

    /** Creates an empty entity. */
    public AuditTemplateEntity() {
        setStoredState(KEPT);
    }

    /** Describes it. */
    public void setDescription(@Nullable String description) {
        this.description = description;
    }

    /** Sets the parameters of the strategy, as JSON. */
    public void setDefaultParameters(String defaultParameters) {
        this.defaultParameters = defaultParameters;
    }

    /** {@return its description} */
    public @Nullable String description() {
        return description;
    }

    /** {@return the parameters of the strategy, as JSON} */
    public String defaultParameters() {
        return defaultParameters;
    }
}
