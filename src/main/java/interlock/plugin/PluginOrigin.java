package interlock.plugin;

/**
 * Where a plug-in comes from.
 *
 * @param jar the name of the file
 * @param version as the jar's manifest says, by {@code Implementation-Version}; empty if it does not
 */
public record PluginOrigin(String jar, String version) {
    @Override
    public String toString() {
        return version.isEmpty() ? jar : "%s (%s)".formatted(jar, version);
    }
}
