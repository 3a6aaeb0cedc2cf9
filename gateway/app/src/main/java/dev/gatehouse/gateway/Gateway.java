package dev.gatehouse.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/** The gateway's process. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic(systemName = "Gatehouse gateway", sharedModules = "vocabulary")
public class Gateway {

    public static void main(String[] args) {
        SpringApplication.run(Gateway.class, args);
    }
}
