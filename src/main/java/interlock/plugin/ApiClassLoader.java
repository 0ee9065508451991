package interlock.plugin;

import interlock.api.Plugin;

/**
 * The parent class loader of plug-ins: it shows only the API of Interlock, so that plug-ins can bring their own
 * versions of libraries that Interlock uses.
 */
final class ApiClassLoader extends ClassLoader {
    private static final String API = Plugin.class.getPackageName() + ".";
    private static final String ANNOTATIONS = "org.jspecify.annotations.";

    ApiClassLoader() {
        super("interlock-api", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(API) || name.startsWith(ANNOTATIONS)) {
            return Plugin.class.getClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
