import "@cloudscape-design/global-styles/index.css";
import "./site.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Site } from "./site.tsx";

const place = document.getElementById("site");
if (!place) throw new Error('web/admin/index.html must hold the element with id "site"');
createRoot(place).render(
  <StrictMode>
    <Site />
  </StrictMode>,
);
