package interlock.openstack;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** The services that this client uses, with their names in catalogues. */
public enum ServiceType {
    /** Nova. */
    COMPUTE("compute", "compute", "/v2.1", "2.60", 56),
    /** Cinder. */
    BLOCK_STORAGE("block-storage volumev3 block-store volume", "volume", "/v3", "3.0", 0),
    /** Ironic. */
    BAREMETAL("baremetal bare-metal", "baremetal", "/v1", "1.31", 31);

    private static final Pattern VERSION = Pattern.compile("/v\\d+(\\.\\d+)?(/|$)");
    private static final Pattern LEGACY_COMPUTE = Pattern.compile("/v2(?=/|$)");

    private final String names;
    private final String microversionName;
    private final String versionPath;
    private final String microversion;
    private final int leastMinor;

    ServiceType(String names, String microversionName, String versionPath, String microversion, int leastMinor) {
        this.names = names;
        this.microversionName = microversionName;
        this.versionPath = versionPath;
        this.microversion = microversion;
        this.leastMinor = leastMinor;
    }

    /** {@return the official name, then its aliases, in the order in which a catalogue is searched} */
    List<String> names() {
        return List.of(names.split(" "));
    }

    /** {@return the name of the service in the header {@code OpenStack-API-Version}} */
    String microversionName() {
        return microversionName;
    }

    /** {@return the default microversion, supported since Queens} */
    String microversion() {
        return microversion;
    }

    /** {@return whether this client supports that microversion} */
    boolean speaks(String wanted) {
        String major = microversion.substring(0, microversion.indexOf('.') + 1);
        return wanted.startsWith(major)
                && wanted.substring(major.length()).matches("\\d{1,4}")
                && Integer.parseInt(wanted.substring(major.length())) >= leastMinor;
    }

    /** {@return the lowest microversion that this client supports} */
    String leastMicroversion() {
        return microversion.substring(0, microversion.indexOf('.') + 1) + leastMinor;
    }

    /** {@return the endpoint with the API version appended: catalogues often contain the service's root URL only} */
    URI versioned(URI endpoint) {
        String url = endpoint.toString().replaceFirst("/+$", "");
        String path = URI.create(url).getPath();
        if (path == null || !VERSION.matcher(path).find()) {
            return URI.create(url + versionPath);
        }
        return URI.create(this == COMPUTE ? LEGACY_COMPUTE.matcher(url).replaceFirst("/v2.1") : url);
    }
}
