package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The clouds that actions may work on, by name. Each client is created at its first use. Thread-safe. */
public final class Clouds implements AutoCloseable {
    private final CloudDocuments documents;
    private final Environment environment;

    /** The created clients; guarded by this. */
    private final Map<String, Cloud> ready = new HashMap<>();

    /**
     * Sends no request.
     *
     * @param documents the configuration of the clouds
     * @param clock the current time
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
     * {@return the cloud of that name; without a name, the default cloud or the only one}
     *
     * @throws CloudException when there is no such cloud, or its configuration is invalid
     */
    public synchronized Cloud cloud(@Nullable String named) throws CloudException {
        String name = named != null ? named : chosen();
        JsonNode document = documents.byName().get(name);
        if (document == null) {
            throw CloudException.misconfigured("unknown cloud '%s'; %s".formatted(name, known()));
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
                                ? "no cloud is configured; searched: " + documents.sought()
                                : "no cloud is selected: set OS_CLOUD, or 'cloud' in input_parameters; " + known()));
    }

    private String known() {
        return documents.byName().isEmpty()
                ? "none is configured; searched: " + documents.sought()
                : "configured: " + String.join(", ", documents.byName().keySet());
    }

    @Override
    public synchronized void close() {
        ready.values().forEach(Cloud::close);
        ready.clear();
    }
}
