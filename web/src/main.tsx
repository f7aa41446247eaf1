import "./styles/tokens.css";
import "./styles/page.css";
import "./styles/parts.css";
import "./styles/views.css";
import "./styles/print.css";
import { render } from "preact";
import { followLinks } from "./router";
import { App } from "./shell/app";
import { applyLook } from "./shell/look";

applyLook();
followLinks();
render(<App />, document.getElementById("page")!);
