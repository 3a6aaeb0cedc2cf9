package dev.gatehouse.gateway.console;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * Which path is which file. The names of assets hold a hash of their content, so browsers keep them for ever; all else is asked for anew, and
 * costs nothing while it is unchanged. Files that were compressed when they were built are sent so. Nothing is remembered of a path: anybody
 * may ask for any number of them.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleFiles implements WebMvcConfigurer {

    static final String ROOT = "/console/";

    private static final String FOLDER = "META-INF/resources/console/";
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final Logger log = LoggerFactory.getLogger(ConsoleFiles.class);

    private final Resource index = new ClassPathResource(FOLDER + ConsolePages.INDEX);

    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addRedirectViewController("/", ROOT).setStatusCode(HttpStatus.FOUND);
        views.addRedirectViewController("/console", ROOT).setStatusCode(HttpStatus.FOUND);
        if (index.exists()) {
            views.addViewController(ROOT).setViewName("forward:" + ROOT + ConsolePages.INDEX);
        }
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        if (!index.exists()) {
            log.info("This gateway was built without the console");
            return;
        }
        files.addResourceHandler(ROOT + "assets/**")
                .addResourceLocations("classpath:" + FOLDER + "assets/")
                .setCacheControl(CacheControl.maxAge(FOR_EVER).immutable())
                .resourceChain(false)
                .addResolver(new EncodedResourceResolver())
                .addResolver(new PathResourceResolver());
        files.addResourceHandler(ROOT + "**")
                .addResourceLocations("classpath:" + FOLDER)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new EncodedResourceResolver())
                .addResolver(new ConsolePages());
    }

    @Bean
    AbsentConsole absentConsole() {
        return new AbsentConsole(!index.exists());
    }
}
