package interlock.plugin;

/**
 * The jar that a plug-in was loaded from.
 *
 * @param jar the file name
 * @param version the manifest's {@code Implementation-Version}; empty if it has none
 */
public record PluginOrigin(String jar, String version) {
    @Override
    public String toString() {
        return version.isEmpty() ? jar : "%s (%s)".formatted(jar, version);
    }
}
