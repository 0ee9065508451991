package interlock.openstack;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The TLS certificates that are trusted.
 *
 * @param verify whether certificates are verified at all
 * @param authorities a PEM file of the trusted authorities; those of the JDK if empty
 */
record TlsTrust(boolean verify, Optional<Path> authorities) {
    /** The JDK's authorities. */
    static final TlsTrust USUAL = new TlsTrust(true, Optional.empty());

    /**
     * {@return a TLS context}
     *
     * @throws CloudException when the file does not contain certificates
     */
    SSLContext context() throws CloudException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw CloudException.misconfigured("cacert: cannot read certificates from %s: %s"
                    .formatted(authorities.map(Path::toString).orElse("the JDK"), e));
        }
    }

    private TrustManager[] managers() throws IOException, GeneralSecurityException {
        if (!verify) {
            return new TrustManager[] {new TrustsAnybody()};
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities.isPresent() ? read(authorities.get()) : null);
        return factory.getTrustManagers();
    }

    private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new GeneralSecurityException("it contains none");
            }
            for (Certificate certificate : found) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
        }
        return store;
    }

    /** Implements {@code verify: false}. An extended trust manager, so that host names are not verified either. */
    private static final class TrustsAnybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
