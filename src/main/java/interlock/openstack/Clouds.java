package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The clouds that actions may work on, by name. Each is made ready when it is first used. */
public final class Clouds implements AutoCloseable {
    private final CloudDocuments documents;
    private final Environment environment;

    /** Guarded by this. */
    private final Map<String, Cloud> ready = new HashMap<>();

    /**
     * Takes these; asks none of them anything yet.
     *
     * @param documents what the configuration says of them
     * @param clock what time it is
     * @param chance random numbers from 0 to 1
     */
    public Clouds(CloudDocuments documents, InstantSource clock, DoubleSupplier chance) {
        this(documents, new Environment(clock, chance, RetrySettings.USUAL));
    }

    Clouds(CloudDocuments documents, Environment environment) {
        this.documents = documents;
        this.environment = environment;
    }

    /**
     * {@return the cloud of that name; if none is named, the one that is chosen in the environment, or the only one}
     *
     * @throws CloudException saying what the configuration misses
     */
    public synchronized Cloud cloud(@Nullable String named) throws CloudException {
        String name = named != null ? named : chosen();
        JsonNode document = documents.byName().get(name);
        if (document == null) {
            throw CloudException.misconfigured("there is no cloud '%s'; %s".formatted(name, known()));
        }
        Cloud cloud = ready.get(name);
        if (cloud == null) {
            cloud = new Cloud(CloudReader.read(name, document), environment);
            ready.put(name, cloud);
        }
        return cloud;
    }

    /** {@return whether no cloud is configured} */
    boolean none() {
        return documents.byName().isEmpty();
    }

    private String chosen() throws CloudException {
        return documents
                .chosen()
                .orElseThrow(() -> CloudException.misconfigured(
                        documents.byName().isEmpty()
                                ? "no cloud is configured; sought: " + documents.sought()
                                : "it is not said which cloud is meant: set OS_CLOUD, or 'cloud' in input_parameters; "
                                        + known()));
    }

    private String known() {
        return documents.byName().isEmpty()
                ? "none is configured; sought: " + documents.sought()
                : "there is: " + String.join(", ", documents.byName().keySet());
    }

    @Override
    public synchronized void close() {
        ready.values().forEach(Cloud::close);
        ready.clear();
    }
}
