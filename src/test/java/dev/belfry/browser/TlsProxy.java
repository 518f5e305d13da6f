package dev.belfry.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.belfry.testing.Programs;

/**
 * An nginx that ends TLS before a node, under two names, and serves empty pages of other
 * sites. Its certificate is made for the test, and signed by nobody.
 */
final class TlsProxy implements AutoCloseable {

	/**
	 * Sends requests on as nginx does by itself: as if they were for the node's own
	 * address.
	 */
	static final String PLAIN = "notifications.example";

	/** Tells the node under which address it was asked. */
	static final String FORWARDING = "forwarded.example";

	private static final Duration START = Duration.ofSeconds(20);

	private static final String CONFIGURATION = """
			daemon off;
			master_process off;
			pid nginx.pid;
			error_log error.log;
			events {}
			http {
			  access_log off;
			  client_body_temp_path body;
			  proxy_temp_path proxy;
			  fastcgi_temp_path fastcgi;
			  uwsgi_temp_path uwsgi;
			  scgi_temp_path scgi;
			  types { text/html html; }
			  ssl_certificate certificate.pem;
			  ssl_certificate_key key.pem;
			  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
			  proxy_http_version 1.1;
			  server {
			    listen 127.0.0.1:PORT ssl default_server;
			    location / { root FOLDER; }
			  }
			  server {
			    listen 127.0.0.1:PORT ssl;
			    server_name PLAIN;
			    location /page.html { root FOLDER; }
			    location / {
			      proxy_pass http://127.0.0.1:NODE;
			      proxy_set_header Upgrade $http_upgrade;
			      proxy_set_header Connection $connection_upgrade;
			    }
			  }
			  server {
			    listen 127.0.0.1:PORT ssl;
			    server_name FORWARDING;
			    location /page.html { root FOLDER; }
			    location / {
			      proxy_pass http://127.0.0.1:NODE;
			      proxy_set_header Upgrade $http_upgrade;
			      proxy_set_header Connection $connection_upgrade;
			      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
			      proxy_set_header X-Forwarded-Proto $scheme;
			      proxy_set_header X-Forwarded-Host $http_host;
			    }
			  }
			}
			""";

	private final Process nginx;

	private TlsProxy(Process nginx) {
		this.nginx = nginx;
	}

	/** Listens at a port, and leads to that of a node. */
	static TlsProxy start(Path folder, int port, int node) throws IOException, InterruptedException {
		Programs.run(List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
				"-nodes", "-days", "1", "-subj", "/CN=" + PLAIN, "-keyout", folder.resolve("key.pem").toString(),
				"-out", folder.resolve("certificate.pem").toString()));
		Files.writeString(folder.resolve("page.html"), "<!DOCTYPE html><title>A page</title>");
		Files.writeString(folder.resolve("nginx.conf"), configuration(folder, port, node));
		Process nginx = new ProcessBuilder("/usr/sbin/nginx", "-p", folder.toString(), "-c", "nginx.conf", "-e",
				"error.log")
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("nginx.log").toFile())
			.start();
		Programs.awaitReady(nginx, folder.resolve("error.log"), START, () -> listens(port));
		return new TlsProxy(nginx);
	}

	private static String configuration(Path folder, int port, int node) {
		return CONFIGURATION.replace("PORT", Integer.toString(port))
			.replace("FOLDER", folder.toString())
			.replace("NODE", Integer.toString(node))
			.replace("PLAIN", PLAIN)
			.replace("FORWARDING", FORWARDING);
	}

	private static boolean listens(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException notYet) {
			return false;
		}
	}

	/** Writes a page that all sites have which are not the node's. */
	static void page(Path folder, String name, String html) throws IOException {
		Files.writeString(folder.resolve(name), html);
	}

	@Override
	public void close() {
		this.nginx.destroy();
		this.nginx.onExit().join();
	}

}
